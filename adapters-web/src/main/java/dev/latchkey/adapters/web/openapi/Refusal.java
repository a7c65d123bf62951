package dev.latchkey.adapters.web.openapi;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import java.util.Map;
import java.util.TreeMap;

/**
 * A refusal as the service answers it.
 *
 * @param name tells it from the other refusals of a call
 */
record Refusal(String name, MutableHttpResponse<?> response) {

  String status() {
    return Integer.toString(response.code());
  }

  String mediaType() {
    return response.getContentType().orElse(MediaType.APPLICATION_JSON_TYPE).getName();
  }

  Object body() {
    return response.getBody().orElseThrow();
  }

  /** All but that of the media type. */
  Map<String, String> headers() {
    var headers = new TreeMap<String, String>();
    for (String header : response.getHeaders().names()) {
      if (!header.equalsIgnoreCase(HttpHeaders.CONTENT_TYPE)) {
        headers.put(header, response.getHeaders().get(header));
      }
    }
    return headers;
  }
}
