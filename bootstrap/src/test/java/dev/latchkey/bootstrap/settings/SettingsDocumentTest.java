package dev.latchkey.bootstrap.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The tables of settings in the README name all there are, with the defaults they have. */
final class SettingsDocumentTest {

  private static final Path README = Path.of("../README.md");
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| (`[^|]*`) \\| ([^|]*) \\| [^|]+ \\|$");
  private static final Pattern CODE = Pattern.compile("`([^`]*)`");
  private static final String NONE = "none";

  private final Map<String, String> defaults = SettingsOf.defaults();

  @Test
  void namesAllSettings() throws IOException {
    assertThat(documented().keySet()).containsExactlyInAnyOrderElementsOf(defaults.keySet());
  }

  @Test
  void namesTheirDefaults() throws IOException {
    assertThat(documented())
        .allSatisfy(
            (name, value) -> {
              if (value.startsWith("`")) {
                assertThat(value.replace("`", "")).as(name).isEqualTo(shown(name));
              } else {
                // Nothing, or what is made at the first start.
                assertThat(defaults.get(name)).as(name).isEmpty();
              }
            });
  }

  private String shown(String name) {
    String value = defaults.getOrDefault(name, "");
    return name.equals("latchkey.issuer") ? value.replaceFirst("[0-9]+$", "<port>") : value;
  }

  /** The default as it is written, by the full name of the setting. */
  private static Map<String, String> documented() throws IOException {
    String text = Files.readString(README);
    String section =
        text.substring(text.indexOf("\n## Configuration"), text.indexOf("### Commands"));
    var rows = new HashMap<String, String>();
    for (MatchResult row : ROW.matcher(section).results().toList()) {
      List<String> names = names(row.group(1));
      List<String> values = values(row.group(2));
      for (int i = 0; i < names.size(); i++) {
        rows.put(names.get(i), values.get(Math.min(i, values.size() - 1)));
      }
    }
    return rows;
  }

  /** Of several that differ at their end, only the first is written in full. */
  private static List<String> names(String cell) {
    var names = new ArrayList<String>();
    for (MatchResult name : CODE.matcher(cell).results().toList()) {
      String written = name.group(1);
      names.add(
          written.startsWith(".")
              ? names.getFirst().replaceFirst("\\.[^.]*$", "") + written
              : written);
    }
    return names;
  }

  private static List<String> values(String cell) {
    List<String> values = CODE.matcher(cell).results().map(MatchResult::group).toList();
    return cell.startsWith("`") ? values : List.of(NONE);
  }
}
