package dev.latchkey.adapters.security.key;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;

final class MasterKeysFuzzTest {

  @FuzzTest
  void whatItReadsItRevealsAndARefusalRepeatsNothing(byte[] input) {
    String setting = new String(input, UTF_8);
    MasterKeys keys;
    try {
      keys = MasterKeys.parse(setting);
    } catch (IllegalArgumentException e) {
      assertThat(e.getMessage())
          .matches(
              "it must be [^,]+, each id from 0 to 255 and each key as `[^`]+`"
                  + " prints it, but (entry \\d+ is not of that form|the id of entry \\d+ is above"
                  + " 255|entry \\d+ repeats the id \\d{1,3})");
      return;
    }

    String inOneSpelling =
        Arrays.stream(setting.split(",", -1))
            .map(String::strip)
            .map(entry -> entry.contains(":") ? entry : "1:" + entry)
            .map(entry -> entry.replaceFirst("^0{1,2}(?=[0-9])", ""))
            .collect(joining(","));
    assertThat(keys.revealSetting()).isEqualTo(inOneSpelling);
    assertThat(MasterKeys.parse(inOneSpelling).revealSetting()).isEqualTo(inOneSpelling);
    assertThat(inOneSpelling).startsWith(keys.currentId().value() + ":");
    assertThat(keys.derive("test", "AES")).hasSameSizeAs(setting.split(",", -1));
  }
}
