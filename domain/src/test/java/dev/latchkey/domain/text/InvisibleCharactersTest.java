package dev.latchkey.domain.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class InvisibleCharactersTest {

  /**
   * Some format characters are visible signs that enclose others, such as the Arabic sign of a
   * verse.
   */
  @Test
  void areAllFormatCharactersButVisibleSigns() {
    int[] missing =
        all()
            .filter(
                c -> Character.getType(c) == Character.FORMAT && !InvisibleCharacters.contains(c))
            .filter(c -> !isSign(c))
            .toArray();

    assertThat(missing).isEmpty();
  }

  private static boolean isSign(int codePoint) {
    Character.UnicodeScript script = Character.UnicodeScript.of(codePoint);
    return (codePoint >= 0x0600 && codePoint <= 0x0605)
        || codePoint == 0x06DD
        || codePoint == 0x070F
        || codePoint == 0x0890
        || codePoint == 0x0891
        || codePoint == 0x08E2
        || script == Character.UnicodeScript.KAITHI
        || script == Character.UnicodeScript.EGYPTIAN_HIEROGLYPHS;
  }

  @Test
  void areNoLettersDigitsPunctuationOrSpacesButFillers() {
    int[] visible =
        all()
            .filter(InvisibleCharacters::contains)
            .filter(c -> Character.isLetterOrDigit(c) || InputText.isSpace(c) || isPunctuation(c))
            .toArray();

    assertThat(visible).containsExactly(0x115F, 0x1160, 0x3164, 0xFFA0);
  }

  private static boolean isPunctuation(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.DASH_PUNCTUATION,
          Character.START_PUNCTUATION,
          Character.END_PUNCTUATION,
          Character.CONNECTOR_PUNCTUATION,
          Character.OTHER_PUNCTUATION,
          Character.INITIAL_QUOTE_PUNCTUATION,
          Character.FINAL_QUOTE_PUNCTUATION ->
          true;
      default -> false;
    };
  }

  @Test
  void areNoneOfAscii() {
    assertThat(IntStream.range(0, 0x80).filter(InvisibleCharacters::contains)).isEmpty();
  }

  /** A font decides what these look like. */
  @Test
  void areNoneForPrivateUse() {
    assertThat(all().filter(InvisibleCharacters::contains))
        .noneMatch(c -> Character.getType(c) == Character.PRIVATE_USE);
  }

  @ParameterizedTest
  @CsvSource({"034F, 034F", "061C, 061C", "180B, 180F", "200C, 200F", "FE00, FE0F", "E0100, E01EF"})
  void areNeededInNamesFromTheFirstOfARangeToItsLast(String first, String last) {
    int from = Integer.parseInt(first, 16);
    int to = Integer.parseInt(last, 16);

    assertThat(IntStream.rangeClosed(from, to)).allMatch(InvisibleCharacters::isNeededInNames);
    assertThat(IntStream.of(from - 1, to + 1)).noneMatch(InvisibleCharacters::isNeededInNames);
  }

  @Test
  void areMoreThanNamesNeed() {
    assertThat(all().filter(InvisibleCharacters::isNeededInNames))
        .allMatch(InvisibleCharacters::contains);
  }

  private static IntStream all() {
    return IntStream.rangeClosed(0, Character.MAX_CODE_POINT);
  }
}
