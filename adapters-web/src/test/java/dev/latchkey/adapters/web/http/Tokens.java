package dev.latchkey.adapters.web.http;

import com.fasterxml.jackson.databind.JsonNode;

/** What a client keeps of an answer with tokens. */
public record Tokens(String access, String refresh, String sessionId) {

  public static Tokens of(JsonNode json) {
    return new Tokens(
        json.at("/accessToken").asText(),
        json.at("/refreshToken").asText(),
        json.at("/sessionId").asText());
  }
}
