package dev.latchkey.adapters.persistence;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.List;

/** The statements on the table {@code signing_keys}. An insert of a whole row would answer 1 whatever it did. */
@JdbcRepository(dialect = Dialect.POSTGRES)
interface SigningKeyRepository extends GenericRepository<SigningKeyRow, Integer> {

  @Query(
      """
      INSERT INTO signing_keys (number, id, algorithm, public_key, sealed_private_key, master_key_id, created_at)
      VALUES (:number, :id, :algorithm, :publicKey, :sealedPrivateKey, :masterKeyId, :createdAt)
      ON CONFLICT (number) DO NOTHING
      """)
  int insertUnlessTaken(
      int number,
      String id,
      String algorithm,
      byte[] publicKey,
      byte[] sealedPrivateKey,
      int masterKeyId,
      Instant createdAt);

  List<SigningKeyRow> findAllOrderByNumber();
}
