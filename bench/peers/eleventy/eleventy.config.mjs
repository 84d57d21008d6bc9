// Eleventy's settings: Markdown pages in content/, templates in _includes/, the site in build/.
export default function (eleventyConfig) {
  eleventyConfig.addFilter("day", (date) => date.toISOString().slice(0, 10));
  eleventyConfig.addFilter("newest", (pages) => [...pages].sort((one, other) => other.date - one.date).slice(0, 50));
  // Typographic quotes, as the others make them.
  eleventyConfig.amendLibrary("md", (markdown) => markdown.set({ typographer: true }));
  return {
    dir: { input: "content", includes: "../_includes", output: "build" },
    markdownTemplateEngine: false,
  };
}
