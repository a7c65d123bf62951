package dev.latchkey.adapters.web.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Examples of what a schema describes, put together from those of its properties. */
final class Examples {

  private static final String EXAMPLE = "example";

  private final JsonNode schemas;

  /**
   * @param schemas the components that others refer to
   */
  Examples(JsonNode schemas) {
    this.schemas = schemas;
  }

  /** The schema itself, should it be a reference. */
  JsonNode resolve(JsonNode schema) {
    String reference = schema.path("$ref").asText();
    return reference.isEmpty()
        ? schema
        : schemas.path(reference.substring(reference.lastIndexOf('/') + 1));
  }

  /**
   * @throws IllegalStateException if nothing says what something required may look like
   */
  JsonNode of(JsonNode schema) {
    JsonNode resolved = resolve(schema);
    if (resolved.has(EXAMPLE)) {
      return resolved.get(EXAMPLE);
    }
    if (resolved.has("enum")) {
      return resolved.path("enum").path(0);
    }
    return switch (resolved.path("type").asText()) {
      case "object" -> object(resolved);
      case "array" -> array(resolved);
      default -> throw new IllegalStateException("no example for " + resolved);
    };
  }

  private ObjectNode object(JsonNode schema) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    schema
        .path("properties")
        .forEachEntry(
            (name, property) -> {
              if (isRequired(schema, name) || resolve(property).has(EXAMPLE)) {
                object.set(name, of(property));
              }
            });
    return object;
  }

  private ArrayNode array(JsonNode schema) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    JsonNode items = resolve(schema.path("items"));
    return items.has("properties") || items.has(EXAMPLE) ? array.add(of(items)) : array;
  }

  static boolean isRequired(JsonNode schema, String name) {
    return schema
        .path("required")
        .valueStream()
        .anyMatch(required -> required.asText().equals(name));
  }
}
