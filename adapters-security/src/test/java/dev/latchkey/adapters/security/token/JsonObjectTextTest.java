package dev.latchkey.adapters.security.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonObjectTextTest {

  @Test
  void hasItsMembersInTheirOrder() {
    assertThat(new JsonObjectText().end()).isEqualTo("{}");
    assertThat(
            new JsonObjectText()
                .add("b", "text")
                .add("a", 253_402_300_799L)
                .add("none", List.of())
                .add("two", List.of("x", "y"))
                .end())
        .isEqualTo("{\"b\":\"text\",\"a\":253402300799,\"none\":[],\"two\":[\"x\",\"y\"]}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\"",
        "\\",
        "\\\"",
        "\",\"roles\":[\"admin\"],\"x\":\"",
        "line\nbreak\r\t\b\f",
        "\u0000\u0001\u001f",
        "\u007f\u0080\u2028\u2029",
        "Zoë 🦆 日本"
      })
  void isReadAsItWasMeant(String text) throws Exception {
    String json = new JsonObjectText().add("one", text).add("list", List.of(text, text)).end();

    assertThat(JSONObjectUtils.parse(json))
        .isEqualTo(Map.of("one", text, "list", List.of(text, text)));
  }

  @Test
  void printsNoValue() {
    assertThat(new JsonObjectText().add("one", "secret")).hasToString("JsonObjectText[redacted]");
  }
}
