package dev.latchkey.bootstrap.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.JsonEscapeUtil;
import java.util.List;
import java.util.Map;
import org.slf4j.event.KeyValuePair;

/**
 * A line for machines: one JSON object, whose members for events and requests stand beside the
 * others, so that they can be searched for by their names.
 */
final class JsonLines extends JsonEncoder {

  JsonLines() {
    setWithSequenceNumber(false);
    setWithTimestamp(false);
    setWithNanoseconds(false);
    setWithContext(false);
    setWithMarkers(false);
    setWithMDC(false);
    setWithKVPList(false);
    setWithMessage(false);
    setWithFormattedMessage(true);
    setWithArguments(false);
  }

  /** JSON allows line breaks of Unicode in strings; what splits lines at them does not. */
  @Override
  public byte[] encode(ILoggingEvent event) {
    String line = new String(super.encode(event), UTF_8).stripTrailing();
    return (OneLine.of(line) + System.lineSeparator()).getBytes(UTF_8);
  }

  @Override
  protected void appendCustomFields(StringBuilder line, ILoggingEvent event) {
    append(line, "time", LogFormat.timeOf(event));
    List<KeyValuePair> pairs = event.getKeyValuePairs();
    if (pairs != null) {
      pairs.forEach(pair -> append(line, pair.key, String.valueOf(pair.value)));
    }
    for (Map.Entry<String, String> member : event.getMDCPropertyMap().entrySet()) {
      append(line, member.getKey(), member.getValue());
    }
  }

  private static void append(StringBuilder line, String name, String value) {
    line.append(",\"")
        .append(JsonEscapeUtil.jsonEscapeString(name))
        .append("\":\"")
        .append(JsonEscapeUtil.jsonEscapeString(value))
        .append('"');
  }
}
