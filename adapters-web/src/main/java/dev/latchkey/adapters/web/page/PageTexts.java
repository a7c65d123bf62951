package dev.latchkey.adapters.web.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * All that the pages say, each text by its key, such as {@code sign-in.title}. A text may have
 * names in braces, for which a script puts in a value.
 */
public final class PageTexts {

  private static final String BUNDLED = "texts.json";
  private static final String BYTE_ORDER_MARK = "\uFEFF";
  private static final String LANGUAGE = "lang";

  /** In a page: two braces, so that no text and no style sheet looks like one. */
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{(?<key>[^{}]*)\\}\\}");

  /** In a text. */
  private static final Pattern NAME = Pattern.compile("\\{(\\w+)\\}");

  /** A well-formed language tag, roughly (RFC 5646 §2.1): scripts refuse to format by another. */
  private static final Pattern TAG = Pattern.compile("[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*");

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final Map<String, String> texts;

  private PageTexts(Map<String, String> texts) {
    this.texts = Map.copyOf(texts);
  }

  /** Those that come with the service, in English. */
  public static PageTexts bundled() {
    try {
      byte[] file = PageFile.read(BUNDLED).orElseThrow();
      return new PageTexts(parse(new String(file, UTF_8)));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The same, but for those that a file has under the same key.
   *
   * @param file a JSON object of texts in UTF-8
   * @throws IllegalArgumentException if it cannot be read, is none, or has a key or a name in
   *     braces that is not there to be replaced; the message names the file and is part of a
   *     sentence
   */
  public static PageTexts replacedFrom(Path file) {
    Map<String, String> all = new TreeMap<>(bundled().texts);
    try {
      parse(decoded(Files.readAllBytes(file))).forEach((key, text) -> replace(all, key, text));
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(file + " is not UTF-8", e);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(file + " is not one well-formed JSON object", e);
    } catch (IOException e) {
      throw new IllegalArgumentException(file + " cannot be read", e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("in " + file + ", " + e.getMessage(), e);
    }
    return new PageTexts(all);
  }

  private static void replace(Map<String, String> texts, String key, String text) {
    String original = texts.get(key);
    if (original == null) {
      throw new IllegalArgumentException(shown(key) + " is the key of no text");
    }
    Set<String> unknown = namesIn(text);
    unknown.removeAll(namesIn(original));
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          unknown.iterator().next() + " stands for nothing in " + shown(key));
    }
    if (key.equals(LANGUAGE) && !TAG.matcher(text).matches()) {
      throw new IllegalArgumentException(shown(key) + " is no language tag, such as en or pt-BR");
    }
    texts.put(key, text);
  }

  private static Set<String> namesIn(String text) {
    return NAME.matcher(text)
        .results()
        .map(MatchResult::group)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** A key as part of a sentence, which stays on its line. */
  private static String shown(String key) {
    return '"' + key.replaceAll("\\p{Cntrl}", "?") + '"';
  }

  private static Map<String, String> parse(String json) throws JsonProcessingException {
    JsonNode tree = JSON.readTree(json);
    if (!tree.isObject()) {
      throw new IllegalArgumentException("there is something else than one object of texts");
    }
    Map<String, String> texts = new TreeMap<>();
    tree.properties()
        .forEach(
            member -> {
              if (!member.getValue().isTextual()) {
                throw new IllegalArgumentException(shown(member.getKey()) + " is no text");
              }
              texts.put(member.getKey(), member.getValue().textValue());
            });
    return texts;
  }

  /** Some editors begin a file with a byte order mark. */
  private static String decoded(byte[] bytes) throws CharacterCodingException {
    String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
  }

  /**
   * A page with its texts.
   *
   * @param html in which the key of a text stands between double braces, in an element or in an
   *     attribute with quotes
   * @throws IllegalStateException if there is no text of that key
   */
  String filledInto(String html) {
    return PLACEHOLDER
        .matcher(html)
        .replaceAll(found -> Matcher.quoteReplacement(escaped(of(found.group(1)))));
  }

  private String of(String key) {
    String text = texts.get(key);
    if (text == null) {
      throw new IllegalStateException("a page wants the text " + key);
    }
    return text;
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  /** For scripts: all texts as one JSON object, in the same order on every node. */
  byte[] json() {
    try {
      return JSON.writeValueAsBytes(new TreeMap<>(texts));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
