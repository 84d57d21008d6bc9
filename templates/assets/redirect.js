// Follows the redirect at once and keeps the part of the address after #, which a meta refresh would lose.
location.replace(document.querySelector("link[rel=canonical]").getAttribute("href") + location.hash);
