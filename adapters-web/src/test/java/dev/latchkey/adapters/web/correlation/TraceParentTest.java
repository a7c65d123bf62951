package dev.latchkey.adapters.web.correlation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** W3C Trace Context, §3.2. */
final class TraceParentTest {

  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String SPAN = "00f067aa0ba902b7";

  @Test
  void hasATraceTheSpanOfTheCallerAndFlags() {
    assertThat(TraceParent.parse("00-" + TRACE + "-" + SPAN + "-01"))
        .contains(new TraceParent(TRACE, SPAN, (byte) 1));
    assertThat(TraceParent.parse("00-" + TRACE + "-" + SPAN + "-ff"))
        .contains(new TraceParent(TRACE, SPAN, (byte) 0xff));
  }

  @Test
  void ofALaterVersionIsReadAsFarAsItIsKnown() {
    var expected = new TraceParent(TRACE, SPAN, (byte) 0);

    assertThat(TraceParent.parse("cc-" + TRACE + "-" + SPAN + "-00")).contains(expected);
    assertThat(TraceParent.parse("cc-" + TRACE + "-" + SPAN + "-00-what-the-future-brings"))
        .contains(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-1",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0x",
        "cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01.more",
        "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "0-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
        "00-4bf92f3577b34da6a3ce929d0e0e473-00f067aa0ba902b7-01",
        "00_4bf92f3577b34da6a3ce929d0e0e4736_00f067aa0ba902b7_01",
        " 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01\nforged"
      })
  void isNoneIfItIsMalformed(String value) {
    assertThat(TraceParent.parse(value)).isEmpty();
  }
}
