package dev.latchkey.adapters.web.request;

/** Tokens as {@code /openapi} shows them: of the form of real ones, and valid nowhere. */
public final class TokenExamples {

  public static final String ACCESS =
      "eyJ0eXAiOiJhdCtqd3QiLCJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJhZGEifQ.MTIzNDU2Nzg5MDEyMzQ1Ng";

  public static final String REFRESH =
      "lkr_CzBVep_E6Q4zWH2ix-wRNluApcrvFDleg6jN8hc8YYar0PUaP2SJrtP4HUJnjLHW-yBFao-0";

  private TokenExamples() {}
}
