package dev.latchkey.adapters.security.password;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toUnmodifiableSet;

import com.nulabinc.zxcvbn.Zxcvbn;
import dev.latchkey.application.port.out.account.CommonPasswords;
import dev.latchkey.domain.text.Parsed;
import dev.latchkey.domain.user.NewPassword;
import dev.latchkey.domain.user.Password;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Set;

/**
 * The common passwords that the zxcvbn library brings along, compared without regard to case. Those
 * that are too short for a new password anyway take no memory.
 */
public final class CommonPasswordList implements CommonPasswords {

  private final Set<String> passwords;

  /**
   * @throws IllegalStateException if the library has no such list any more
   */
  public CommonPasswordList() {
    this("/com/nulabinc/zxcvbn/matchers/dictionaries/passwords.txt");
  }

  CommonPasswordList(String resource) {
    try (InputStream stream = Zxcvbn.class.getResourceAsStream(resource)) {
      if (stream == null) {
        throw new IllegalStateException("the list of common passwords is missing: " + resource);
      }
      passwords =
          new BufferedReader(new InputStreamReader(stream, UTF_8))
              .lines()
              .filter(line -> NewPassword.parse(line) instanceof Parsed.Valid)
              .map(CommonPasswordList::key)
              .collect(toUnmodifiableSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public boolean contains(Password password) {
    return passwords.contains(key(password.reveal()));
  }

  private static String key(String password) {
    return password.toLowerCase(Locale.ROOT);
  }
}
