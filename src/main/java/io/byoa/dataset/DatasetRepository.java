package io.byoa.dataset;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hibernate.jpa.HibernateHints;

/** The rows of {@code dataset} and {@code dataset_content}. */
@Singleton
class DatasetRepository implements PanacheRepositoryBase<DatasetEntity, DatasetEntity.Key> {

  private static final String SUMMARY =
      """
      select d.key.name, d.key.digest, c.size, c.files, d.createdAt, d.createdBy, d.push,
        (select count(*) from DatasetEntity o
         where o.key.team = d.key.team and o.key.name = d.key.name)
      from DatasetEntity d join DatasetContentEntity c on c.digest = d.key.digest
      where d.key.team = :team
      """;

  private static final String LATEST =
      """
       and d.push = (select max(o.push) from DatasetEntity o
         where o.key.team = d.key.team and o.key.name = d.key.name)
      """;

  /** A version without the list of its files, which may be long. */
  record Summary(
      String name,
      String digest,
      long size,
      int files,
      Instant createdAt,
      String createdBy,
      long push,
      long versions) {}

  /** The latest version of every name that contains the text, by name, after a name. */
  List<Summary> list(String team, String search, String after, int limit) {
    return getEntityManager()
        .createQuery(
            SUMMARY
                + LATEST
                + " and d.key.name > :after and locate(:search, d.key.name) > 0 order by d.key.name",
            Summary.class)
        .setParameter("team", team)
        .setParameter("after", after)
        .setParameter("search", search)
        .setMaxResults(limit)
        .getResultList();
  }

  Optional<Summary> latest(String team, String name) {
    return getEntityManager()
        .createQuery(SUMMARY + LATEST + " and d.key.name = :name", Summary.class)
        .setParameter("team", team)
        .setParameter("name", name)
        .getResultStream()
        .findFirst();
  }

  /** The versions of a name that were pushed before the one with this number, latest first. */
  List<Summary> versions(String team, String name, long before, int limit) {
    return getEntityManager()
        .createQuery(
            SUMMARY + " and d.key.name = :name and d.push < :before order by d.push desc",
            Summary.class)
        .setParameter("team", team)
        .setParameter("name", name)
        .setParameter("before", before)
        .setMaxResults(limit)
        .getResultList();
  }

  List<String> names(String team, int limit) {
    return getEntityManager()
        .createQuery(
            "select distinct d.key.name from DatasetEntity d where d.key.team = :team"
                + " order by d.key.name",
            String.class)
        .setParameter("team", team)
        .setMaxResults(limit)
        .getResultList();
  }

  Optional<String> latestDigest(String team, String name) {
    return latest(team, name).map(Summary::digest);
  }

  Optional<DatasetEntity> find(String team, String name, String digest) {
    return findByIdOptional(new DatasetEntity.Key(team, name, digest));
  }

  DatasetContentEntity content(String digest) {
    return getEntityManager()
        .createQuery(
            "from DatasetContentEntity c where c.digest = :digest", DatasetContentEntity.class)
        .setParameter("digest", digest)
        .setHint(HibernateHints.HINT_READ_ONLY, true)
        .getSingleResult();
  }

  /** Announces content that is about to be stored; false while it is being taken away. */
  boolean claim(String digest, Manifest manifest) {
    return getEntityManager()
            .createNativeQuery(
                """
                INSERT INTO dataset_content (digest, manifest, size, files)
                VALUES (:digest, :manifest, :size, :files)
                ON CONFLICT (digest) DO UPDATE SET claimed_at = now()
                WHERE NOT dataset_content.sweeping
                """)
            .setParameter("digest", digest)
            .setParameter("manifest", manifest.text())
            .setParameter("size", manifest.size())
            .setParameter("files", manifest.entries().size())
            .executeUpdate()
        > 0;
  }

  /** Locks stored content until the transaction ends; false when it is gone or going. */
  boolean hold(String digest) {
    return getEntityManager()
            .createNativeQuery(
                """
                UPDATE dataset_content SET claimed_at = now()
                WHERE digest = :digest AND NOT sweeping
                """)
            .setParameter("digest", digest)
            .executeUpdate()
        > 0;
  }

  /** Makes the content the latest of the name; true when the name did not have it before. */
  boolean push(String team, String name, String digest, Instant createdAt, String createdBy) {
    return (Boolean)
        getEntityManager()
            .createNativeQuery(
                """
                INSERT INTO dataset (team, name, digest, created_at, created_by)
                VALUES (:team, :name, :digest, :createdAt, :createdBy)
                ON CONFLICT (team, name, digest) DO UPDATE SET push = nextval('dataset_push')
                RETURNING (xmax = 0)
                """,
                Boolean.class)
            .setParameter("team", team)
            .setParameter("name", name)
            .setParameter("digest", digest)
            .setParameter("createdAt", createdAt)
            .setParameter("createdBy", createdBy)
            .getSingleResult();
  }
}
