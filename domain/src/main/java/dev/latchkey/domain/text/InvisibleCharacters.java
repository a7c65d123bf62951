package dev.latchkey.domain.text;

/**
 * Characters that a text can contain without anybody seeing them: those with the property
 * Default_Ignorable_Code_Point (Unicode Standard §5.21), interlinear annotation, and the empty
 * braille pattern. With them a text can look empty, look like another text, or change the order in
 * which the text around it is shown.
 */
public final class InvisibleCharacters {

  /** First and last of each range, in ascending order. */
  private static final int[] RANGES = {
    0x00AD, 0x00AD, // soft hyphen
    0x034F, 0x034F, // combining grapheme joiner
    0x061C, 0x061C, // Arabic letter mark
    0x115F, 0x1160, // Hangul fillers
    0x17B4, 0x17B5, // Khmer inherent vowels
    0x180B, 0x180F, // Mongolian variation selectors and vowel separator
    0x200B, 0x200F, // zero width space, joiners, direction marks
    0x202A, 0x202E, // bidirectional embeddings and overrides
    0x2060, 0x206F, // word joiner, invisible operators, bidirectional isolates, deprecated formats
    0x2800, 0x2800, // braille pattern without dots
    0x3164, 0x3164, // Hangul filler
    0xFE00, 0xFE0F, // variation selectors
    0xFEFF, 0xFEFF, // byte order mark
    0xFFA0, 0xFFA0, // halfwidth Hangul filler
    0xFFF0, 0xFFFB, // reserved, and interlinear annotation
    0x1BCA0, 0x1BCA3, // shorthand formats
    0x1D173, 0x1D17A, // musical formats
    0xE0000, 0xE0FFF, // tags, more variation selectors, reserved
  };

  private InvisibleCharacters() {}

  public static boolean contains(int codePoint) {
    for (int i = 0; i < RANGES.length; i += 2) {
      if (codePoint <= RANGES[i + 1]) {
        return codePoint >= RANGES[i];
      }
    }
    return false;
  }

  /** The text as it looks. */
  public static String removedFrom(String text) {
    return text.codePoints()
        .filter(codePoint -> !contains(codePoint))
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  /**
   * Whether the names of people need it: joiners (Persian, the scripts of India), direction marks
   * (Arabic, Hebrew), the combining grapheme joiner, and variation selectors (Mongolian, Japanese).
   * Each of these concerns its neighbours alone; embeddings, overrides and isolates reach as far as
   * the line.
   */
  public static boolean isNeededInNames(int codePoint) {
    return codePoint == 0x034F
        || codePoint == 0x061C
        || (codePoint >= 0x180B && codePoint <= 0x180F)
        || (codePoint >= 0x200C && codePoint <= 0x200F)
        || (codePoint >= 0xFE00 && codePoint <= 0xFE0F)
        || (codePoint >= 0xE0100 && codePoint <= 0xE01EF);
  }
}
