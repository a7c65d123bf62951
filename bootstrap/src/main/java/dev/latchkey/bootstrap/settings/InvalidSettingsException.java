package dev.latchkey.bootstrap.settings;

import java.util.List;
import java.util.stream.Collectors;

/** Settings are wrong: all the mistakes there are, a sentence for each. */
public final class InvalidSettingsException extends StartupException {

  private final List<String> sentences;

  InvalidSettingsException(List<String> sentences) {
    super(
        sentences.size() == 1
            ? sentences.getFirst()
            : sentences.stream()
                .collect(
                    Collectors.joining("\n  ", sentences.size() + " settings are wrong.\n  ", "")));
    this.sentences = List.copyOf(sentences);
  }

  public List<String> sentences() {
    return sentences;
  }
}
