// Follows the redirect at once and keeps the part of the address after #, which a meta refresh would lose. The link on
// the page is followed, not the canonical address: a copy of the site on another host must not lead away from it.
location.replace(document.querySelector("main a").href + location.hash);
