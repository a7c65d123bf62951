package dev.latchkey.testkit;

import dev.latchkey.application.port.out.mail.Mailer;
import java.util.List;

final class RecordedMailsTest extends MailerContract {

  private final RecordedMails mails = new RecordedMails();

  @Override
  protected Mailer mailer() {
    return mails;
  }

  @Override
  protected List<Arrived> arrived() {
    return mails.all().stream()
        .map(
            mail ->
                new Arrived(mail.id(), mail.to().text(), String.join("\n", mail.values().values())))
        .toList();
  }

  @Override
  protected void breakDown() {
    mails.fail();
  }

  @Override
  protected void repair() {
    mails.recover();
  }
}
