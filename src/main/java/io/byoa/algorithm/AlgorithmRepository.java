package io.byoa.algorithm;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import jakarta.persistence.LockModeType;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.hibernate.jpa.HibernateHints;
import org.jspecify.annotations.Nullable;

/** The rows of the catalogue. */
@Singleton
class AlgorithmRepository implements PanacheRepositoryBase<AlgorithmEntity, String> {

  Optional<AlgorithmEntity> find(String team, String name) {
    return findByIdOptional(name).filter(row -> row.team.equals(team));
  }

  /** Algorithms by name, after one, that contain the text in name or description. */
  List<AlgorithmEntity> list(
      String team, @Nullable String search, @Nullable String status, String after, int limit) {
    String pattern = "%" + (search == null ? "" : search.replaceAll("([\\\\%_])", "\\\\$1")) + "%";
    return getEntityManager()
        .createQuery(
            """
            from AlgorithmEntity a where a.team = :team and a.name > :after
              and exists (select 1 from VersionEntity v where v.key.algorithm = a.name
                and (:status is null or v.status = :status)
                and (a.name ilike :pattern escape '\\' or v.description ilike :pattern escape '\\'))
            order by a.name
            """,
            AlgorithmEntity.class)
        .setParameter("team", team)
        .setParameter("after", after)
        .setParameter("pattern", pattern)
        .setParameter("status", status)
        .setMaxResults(limit)
        .setHint(HibernateHints.HINT_READ_ONLY, true)
        .getResultList();
  }

  /** Makes the name this team's if nobody has it; waits for a twin that is about to. */
  void claim(AlgorithmEntity algorithm) {
    getEntityManager()
        .createNativeQuery(
            """
            INSERT INTO algorithm (name, team, created_at, created_by)
            VALUES (:name, :team, :at, :by) ON CONFLICT DO NOTHING
            """)
        .setParameter("name", algorithm.name)
        .setParameter("team", algorithm.team)
        .setParameter("at", algorithm.createdAt)
        .setParameter("by", algorithm.createdBy)
        .executeUpdate();
  }

  /** The row of a name, locked until the transaction ends; read like this before any other way. */
  AlgorithmEntity lock(String name) {
    return getEntityManager().find(AlgorithmEntity.class, name, LockModeType.PESSIMISTIC_WRITE);
  }

  /** Outlines of all versions of these algorithms, the highest precedence first. */
  List<VersionOutline> outlines(Collection<String> algorithms) {
    return getEntityManager()
        .createQuery(
            """
            select v.key.algorithm, v.key.version, v.status, v.released, v.description, v.runtime
            from VersionEntity v where v.key.algorithm in :algorithms order by v.sortKey desc
            """,
            VersionOutline.class)
        .setParameter("algorithms", algorithms)
        .getResultList();
  }

  /** Versions of an algorithm below a sort key, the highest precedence first. */
  List<VersionEntity> versions(String algorithm, @Nullable String below, int limit) {
    return getEntityManager()
        .createQuery(
            """
            from VersionEntity v where v.key.algorithm = :algorithm
              and (:below is null or v.sortKey < :below)
            order by v.sortKey desc
            """,
            VersionEntity.class)
        .setParameter("algorithm", algorithm)
        .setParameter("below", below)
        .setMaxResults(limit)
        .getResultList();
  }

  /** The files of a version's code, as JSON; entities do without them. */
  String files(VersionEntity.Key key) {
    return getEntityManager()
        .createQuery("select v.files from VersionEntity v where v.key = :key", String.class)
        .setParameter("key", key)
        .getSingleResult();
  }

  Optional<VersionEntity> version(String algorithm, String version) {
    return Optional.ofNullable(
        getEntityManager().find(VersionEntity.class, new VersionEntity.Key(algorithm, version)));
  }

  List<AliasEntity> aliases(Collection<String> algorithms) {
    return getEntityManager()
        .createQuery(
            "from AliasEntity a where a.key.algorithm in :algorithms order by a.key.alias",
            AliasEntity.class)
        .setParameter("algorithms", algorithms)
        .getResultList();
  }

  /** Aliases of an algorithm after a name, by name. */
  List<AliasEntity> aliases(String algorithm, String after, int limit) {
    return getEntityManager()
        .createQuery(
            """
            from AliasEntity a where a.key.algorithm = :algorithm and a.key.alias > :after
            order by a.key.alias
            """,
            AliasEntity.class)
        .setParameter("algorithm", algorithm)
        .setParameter("after", after)
        .setMaxResults(limit)
        .getResultList();
  }

  Optional<AliasEntity> alias(String algorithm, String alias) {
    return Optional.ofNullable(
        getEntityManager().find(AliasEntity.class, new AliasEntity.Key(algorithm, alias)));
  }

  void add(Object row) {
    getEntityManager().persist(row);
  }

  void remove(Object row) {
    getEntityManager().remove(row);
  }

  void flushNow() {
    getEntityManager().flush();
  }
}
