package dev.latchkey.adapters.mail.message;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.io.UnsupportedEncodingException;
import org.jspecify.annotations.Nullable;

/** Whom mails are from: an address, and a name if there is one (RFC 5322 §3.4). */
public final class Sender {

  private final InternetAddress address;

  private Sender(InternetAddress address) {
    this.address = address;
  }

  /**
   * Reads {@code address} or {@code name <address>}.
   *
   * @throws IllegalArgumentException if it is neither, or more than one; the message is part of a
   *     sentence
   */
  public static Sender parse(String text) {
    try {
      InternetAddress[] addresses = InternetAddress.parse(text.strip(), true);
      if (addresses.length != 1
          || addresses[0].isGroup()
          || text.strip().chars().anyMatch(Character::isISOControl)) {
        throw malformed(null);
      }
      InternetAddress address = addresses[0];
      address.validate();
      // The name anew: what was parsed would stand in the header as it is.
      return new Sender(
          new InternetAddress(address.getAddress(), address.getPersonal(), UTF_8.name()));
    } catch (AddressException | UnsupportedEncodingException e) {
      throw malformed(e);
    }
  }

  private static IllegalArgumentException malformed(@Nullable Exception cause) {
    return new IllegalArgumentException(
        "it must be an address like Latchkey <no-reply@example.org>", cause);
  }

  InternetAddress address() {
    return (InternetAddress) address.clone();
  }

  @Override
  public String toString() {
    return address.toUnicodeString();
  }
}
