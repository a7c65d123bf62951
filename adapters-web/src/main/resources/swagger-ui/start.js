SwaggerUIBundle({
  url: "/openapi/latchkey.yml",
  dom_id: "#swagger-ui",
  presets: [SwaggerUIBundle.presets.apis],
  plugins: [SwaggerUIBundle.plugins.DownloadUrl],
  layout: "BaseLayout",
  deepLinking: true,
  persistAuthorization: false,
  tagsSorter: "alpha",
  validatorUrl: "none",
});
