package dev.latchkey.adapters.mail.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.latchkey.application.port.out.mail.Mail;
import dev.latchkey.application.port.out.mail.MailKind;
import dev.latchkey.testkit.MailerContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class MailTemplatesTest {

  private static final String SERVICE = "https://id.example.net";
  private static final Pattern LINK = Pattern.compile("(?i)(https?:|www\\.|<[a-z/])");

  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource
  void areForEveryKindOnLinesOfABearableLength(MailKind kind) {
    Mail mail = MailerContract.aMail(kind);
    MailTemplate template = MailTemplates.bundled().of(kind);

    assertThat(template.subject(mail, SERVICE)).isNotBlank().hasSizeLessThan(60);
    assertThat(template.body(mail, SERVICE).lines())
        .allSatisfy(line -> assertThat(line).hasSizeLessThan(100));
  }

  /** The address of the service is the one that is mentioned. */
  @ParameterizedTest
  @EnumSource
  void haveNoLinksAndNoHtml(MailKind kind) {
    assertThat(MailTemplates.bundled().of(kind).body(MailerContract.aMail(kind), "this service"))
        .contains("this service")
        .doesNotContainPattern(LINK);
  }

  @Test
  void areReplacedByFilesOfTheSameName() throws IOException {
    write("password-reset.txt", "Subject: Kennwort\r\n\r\nDer Code: {code}\r\n");
    write("notes.md", "not a template");
    Mail reset = MailerContract.aMail(MailKind.PASSWORD_RESET);
    Mail changed = MailerContract.aMail(MailKind.PASSWORD_CHANGED);

    MailTemplates templates = MailTemplates.replacedFrom(directory);

    assertThat(templates.of(reset.kind()).subject(reset, SERVICE)).isEqualTo("Kennwort");
    assertThat(templates.of(reset.kind()).body(reset, SERVICE))
        .isEqualTo("Der Code: 5Kd-qT9m-code\n");
    assertThat(templates.of(changed.kind()).body(changed, SERVICE))
        .isEqualTo(MailTemplates.bundled().of(changed.kind()).body(changed, SERVICE));
  }

  @Test
  void mayBeginWithAByteOrderMark() throws IOException {
    write("account-closed.txt", "\uFEFFSubject: Konto\n\nGesperrt\n");
    Mail mail = MailerContract.aMail(MailKind.ACCOUNT_CLOSED);

    assertThat(MailTemplates.replacedFrom(directory).of(mail.kind()).subject(mail, SERVICE))
        .isEqualTo("Konto");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "password-reset.txt | Subject: A~~{code} {cod}   | {cod} stands for nothing in it",
        "password-reset.txt | Subject: A~~{code} { code } | { code } stands for nothing in it",
        "password-reset.txt | Subject: A~~{code} {}       | {} stands for nothing in it",
        "password-reset.txt | Subject: {CODE}~~{code}     | {CODE} stands for nothing in it",
        "password-reset.txt | Subject: A~~{code} {address} | {address} stands for nothing in it",
        "password-reset.txt | Subject: A~~{code} {address} | {code}, {expiresAt}, {service},"
            + " {username}",
        "account-closed.txt | Subject: A~~{code}          | {code} stands for nothing in it",
        "account-closed.txt | Subject: A~~{time           | a brace that belongs to no placeholder",
        "account-closed.txt | Subject: A~~time}           | a brace that belongs to no placeholder",
        "account-closed.txt | Subject: A~~{{time}}        | a brace that belongs to no placeholder",
        "password-reset.txt | Subject: {code}~~B          | its text must have {code}",
        "password-reset.txt | Subject:  ~~{code}          | its subject is empty",
        "password-reset.txt | Subject: a\u2028b~~{code}   | its subject has invisible characters",
        "password-reset.txt | Hello~~{code}               | must begin with a line \"Subject: …\"",
        "password-reset.txt | ~Subject: A~~{code}         | must begin with a line \"Subject: …\"",
        "password-reset.txt | Subject: A~{code}~{code}    | must begin with a line \"Subject: …\"",
        "account-closed.txt | Subject: A~~ ~              | must begin with a line \"Subject: …\"",
        "account-closed.txt | Subject: A                  | must begin with a line \"Subject: …\"",
      })
  void areRefusedIfTheyCannotBeUsed(String file, String text, String reason) throws IOException {
    write(file, text.replace('~', '\n'));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> MailTemplates.replacedFrom(directory))
        .withMessageStartingWith("in " + directory.resolve(file) + ", ")
        .withMessageContaining(reason);
  }

  @Test
  void areRefusedIfTheyAreNotUtf8() throws IOException {
    Path file = directory.resolve("account-closed.txt");
    Files.write(file, new byte[] {'S', 'u', 'b', 'j', 'e', 'c', 't', ':', ' ', (byte) 0xFC});

    assertThatIllegalArgumentException()
        .isThrownBy(() -> MailTemplates.replacedFrom(directory))
        .withMessage(file + " is not UTF-8");
  }

  @Test
  void areRefusedIfTheirNameIsNotThatOfAKind() throws IOException {
    write("password-rest.txt", "Subject: A\n\n{code}\n");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> MailTemplates.replacedFrom(directory))
        .withMessageStartingWith(directory.resolve("password-rest.txt") + " replaces nothing")
        .withMessageContaining("password-reset.txt");
  }

  @Test
  void areRefusedIfTheyCannotBeRead() throws IOException {
    Files.createDirectory(directory.resolve("account-closed.txt"));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> MailTemplates.replacedFrom(directory))
        .withMessage(directory.resolve("account-closed.txt") + " cannot be read");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MailTemplates.replacedFrom(directory.resolve("nowhere")))
        .withMessage("the directory " + directory.resolve("nowhere") + " cannot be read");
  }

  private void write(String file, String text) throws IOException {
    Files.writeString(directory.resolve(file), text);
  }
}
