package dev.latchkey.adapters.persistence.key;

import dev.latchkey.adapters.persistence.connection.ReportsOutages;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The statements on the table {@code signing_keys}. An insert of a whole row would answer 1
 * whatever it did.
 */
@ReportsOutages
@JdbcRepository(dialect = Dialect.POSTGRES)
interface SigningKeyRepository extends GenericRepository<SigningKeyRow, Integer> {

  @Query(
      """
      INSERT INTO signing_keys (number, id, algorithm, public_key, sealed_private_key, master_key_id, created_at,
                                signs_from, token_lifetime_seconds)
      VALUES (:number, :id, :algorithm, :publicKey, :sealedPrivateKey, :masterKeyId, :createdAt,
              :signsFrom, :tokenLifetimeSeconds)
      ON CONFLICT (number) DO NOTHING
      """)
  int insertUnlessTaken(
      int number,
      String id,
      String algorithm,
      byte[] publicKey,
      byte @Nullable [] sealedPrivateKey,
      int masterKeyId,
      Instant createdAt,
      Instant signsFrom,
      long tokenLifetimeSeconds);

  List<SigningKeyRow> findAllOrderByNumber();

  /**
   * Compare and set: if the master key is not the expected one, another node was faster, and the
   * row stays as it is.
   */
  @Query(
      """
      UPDATE signing_keys
      SET sealed_private_key = :sealedPrivateKey, master_key_id = :masterKeyId
      WHERE number = :number AND master_key_id = :expected AND sealed_private_key IS NOT NULL
      """)
  int reseal(int number, int expected, byte @Nullable [] sealedPrivateKey, int masterKeyId);

  @Query(
      """
      UPDATE signing_keys SET token_lifetime_seconds = :seconds
      WHERE number = :number AND token_lifetime_seconds < :seconds
      """)
  int extendTokenLifetime(int number, long seconds);

  @Query("UPDATE signing_keys SET sealed_private_key = NULL WHERE number = :number")
  int erase(int number);
}
