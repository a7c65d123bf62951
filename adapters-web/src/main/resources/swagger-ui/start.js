SwaggerUIBundle({
  url: "/openapi",
  dom_id: "#swagger-ui",
  presets: [SwaggerUIBundle.presets.apis],
  plugins: [SwaggerUIBundle.plugins.DownloadUrl],
  layout: "BaseLayout",
  deepLinking: true,
  persistAuthorization: false,
  tagsSorter: "alpha",
  validatorUrl: "none",
});
