package dev.latchkey.adapters.security.blocklist;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.latchkey.application.port.out.account.CommonPasswords;
import dev.latchkey.domain.text.InvisibleCharacters;
import dev.latchkey.domain.user.Password;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import me.gosimple.nbvcxz.Nbvcxz;

/**
 * What the library nbvcxz brings along: the passwords that occur most often in leaks, and the
 * dictionaries that are tried next, of English words and of names (NIST SP 800-63B-4 §3.1.1.2). A
 * password is compared as a whole, in form NFKC, without regard to case and to invisible
 * characters. Those that are too short for a new password anyway take no memory; the others take
 * about 5 MB. Make one, and share it.
 */
public final class CommonPasswordList implements CommonPasswords {

  private static final List<String> DICTIONARIES =
      Stream.of("passwords", "english", "eff_large", "surnames", "female-names", "male-names")
          .map(name -> "/dictionaries/" + name + ".txt")
          .toList();

  /**
   * What follows in the list of passwords is from no leak: the library appends the passphrase that
   * manuals and scripts everywhere, ours among them, take for their example users.
   */
  private static final int LEAKED = 100_000;

  /** No new password has fewer characters. */
  private static final int SHORTEST = 8;

  private final Set<String> passwords;

  /**
   * @throws IllegalStateException if the library has one of these lists no more
   */
  public CommonPasswordList() {
    this(DICTIONARIES);
  }

  CommonPasswordList(List<String> resources) {
    passwords = resources.stream().flatMap(CommonPasswordList::read).collect(toUnmodifiableSet());
  }

  private static Stream<String> read(String resource) {
    try (InputStream stream = Nbvcxz.class.getResourceAsStream(resource)) {
      if (stream == null) {
        throw new IllegalStateException("a list of common passwords is missing: " + resource);
      }
      return new BufferedReader(new InputStreamReader(stream, UTF_8))
              .lines()
              .limit(LEAKED)
              .filter(line -> line.length() >= SHORTEST)
              .flatMap(line -> Password.parse(line).valid().stream())
              .map(password -> key(password))
              .toList()
              .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public boolean contains(Password password) {
    return passwords.contains(key(password));
  }

  /** How many of them are long enough for a new password. */
  int size() {
    return passwords.size();
  }

  private static String key(Password password) {
    return InvisibleCharacters.removedFrom(password.reveal()).toLowerCase(Locale.ROOT);
  }
}
