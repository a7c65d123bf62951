package dev.latchkey.adapters.web.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpRequest;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedOriginsTest {

  private static final AllowedOrigins ORIGINS =
      AllowedOrigins.of("https://auth.example.org/path", "https://app.example.org");

  @ParameterizedTest
  @CsvSource({
    "https://auth.example.org, https://auth.example.org",
    "https://auth.example.org/realm/, https://auth.example.org",
    "HTTPS://Auth.Example.org:443, https://auth.example.org",
    "http://auth.example.org:80, http://auth.example.org",
    "http://localhost:8080, http://localhost:8080",
    "http://[::1]:8080, http://[::1]:8080",
  })
  void theOwnOriginIsTheIssuerAsABrowserWritesIt(String issuer, String origin) {
    assertThat(AllowedOrigins.of(issuer, "").own()).isEqualTo(origin);
  }

  @Test
  void othersAreListedWithCommas() {
    assertThat(
            AllowedOrigins.of(
                    "https://auth.example.org",
                    " https://b.example.org:8443,https://a.example.org ,, http://localhost:4200,"
                        + "http://127.0.0.1,http://[::1]:81")
                .others())
        .containsExactlyInAnyOrder(
            "http://127.0.0.1",
            "http://[::1]:81",
            "http://localhost:4200",
            "https://a.example.org",
            "https://b.example.org:8443");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*",
        "null",
        "app.example.org",
        "https://*.example.org",
        "https://app.example.org/",
        "https://app.example.org/path",
        "https://app.example.org?",
        "https://app.example.org#",
        "https://user@app.example.org",
        "https://App.example.org",
        "HTTPS://app.example.org",
        "https://app.example.org:443",
        "https://app.example.org:",
        "https://",
        "https://a b",
        "http://app.example.org",
        "http://localhost.example.org",
        "http://127.0.0.1.example.org",
        "ftp://app.example.org",
        "https://app.example.org https://b.example.org",
      })
  void refusesWhatNoBrowserSendsAndWhatOthersCouldForge(String text) {
    assertThatThrownBy(() -> AllowedOrigins.of("https://auth.example.org", text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("https://app.example.org");
  }

  @ParameterizedTest
  @CsvSource({
    "https://auth.example.org, same-origin",
    "https://auth.example.org, ",
    "https://app.example.org, same-site",
    "https://app.example.org, ",
    // The service has more than one address.
    "http://localhost:8080, same-origin",
    ", same-origin",
  })
  void admitsItsOwnPagesAndThoseOfAllowedOrigins(String origin, String site) {
    assertThat(ORIGINS.admit(request(origin, site))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    ", ",
    ", none",
    ", same-site",
    ", cross-site",
    "null, ",
    "null, cross-site",
    "https://evil.example, ",
    "https://evil.example, cross-site",
    "https://other.example.org, same-site",
    "https://auth.example.org.evil.example, ",
    "https://auth.example.org:8443, ",
    "http://auth.example.org, ",
    "http://app.example.org, same-site",
    "HTTPS://APP.EXAMPLE.ORG, ",
    "https://app.example.org/, ",
    "'https://app.example.org,https://evil.example', ",
    // Such a page gets no cookie of this service in any case.
    "https://app.example.org, cross-site",
  })
  void admitsNoOther(String origin, String site) {
    assertThat(ORIGINS.admit(request(origin, site))).isFalse();
  }

  @Test
  void admitsNothingThatSaysItTwice() {
    assertThat(ORIGINS.admit(request("https://app.example.org", null).header("Origin", "null")))
        .isFalse();
    assertThat(ORIGINS.admit(request(null, "same-origin").header("Sec-Fetch-Site", "cross-site")))
        .isFalse();
    assertThat(ORIGINS.admit(request(null, "same-origin").header("Sec-Fetch-Site", "same-origin")))
        .isFalse();
  }

  private static MutableHttpRequest<?> request(@Nullable String origin, @Nullable String site) {
    MutableHttpRequest<?> request = HttpRequest.POST("/api/auth/refresh", "");
    Stream.ofNullable(origin).forEach(value -> request.header("Origin", value));
    Stream.ofNullable(site).forEach(value -> request.header("Sec-Fetch-Site", value));
    return request;
  }
}
