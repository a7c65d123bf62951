package dev.latchkey.bootstrap.log;

import java.util.HexFormat;

/**
 * Writes texts so that they stay on their line, whoever reads it: a file, a terminal, a program
 * that splits by any of Unicode's line breaks (CWE-117). A control character, a line or paragraph
 * separator, an invisible format character, which could turn the order of a line around, and half a
 * surrogate pair become an escape as in Java: {@code \n}, {@code \u001b}. All other characters stay
 * as they are, the backslash included: paths must be readable, and the encoding is there to keep
 * lines whole, not to be undone.
 */
final class OneLine {

  private static final HexFormat HEX = HexFormat.of();

  private OneLine() {}

  static String of(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!isPlain(text.charAt(i))) {
        var line = new StringBuilder(text.length() + 16);
        append(line, text);
        return line.toString();
      }
    }
    return text;
  }

  /** Most texts have no others. */
  private static boolean isPlain(char c) {
    return c >= ' ' && c <= '~';
  }

  private static void append(StringBuilder line, String text) {
    int i = 0;
    while (i < text.length()) {
      int codePoint = text.codePointAt(i);
      int end = i + Character.charCount(codePoint);
      if (isEscaped(codePoint)) {
        for (; i < end; i++) {
          escape(line, text.charAt(i));
        }
      } else {
        line.appendCodePoint(codePoint);
      }
      i = end;
    }
  }

  private static boolean isEscaped(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.FORMAT,
          Character.SURROGATE ->
          true;
      default -> false;
    };
  }

  private static void escape(StringBuilder line, char c) {
    switch (c) {
      case '\n' -> line.append("\\n");
      case '\r' -> line.append("\\r");
      case '\t' -> line.append("\\t");
      default -> line.append("\\u").append(HEX.toHexDigits(c));
    }
  }
}
