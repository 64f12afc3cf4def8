package io.byoa.database;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The words in front of a PostgreSQL command that put it into a session of its own and, under a
 * root server, make it an unprivileged user without capabilities.
 *
 * @param user who the command becomes
 * @param words what comes before the program
 */
record RunAs(ProcessUser user, List<String> words) {

  RunAs {
    words = List.copyOf(words);
  }

  /**
   * For a database that already exists its owner, whoever that is; for a new one an unprivileged
   * user, or this process's own when it is unprivileged.
   *
   * @param database the folder of the database, existing or not
   * @param needed the folders that the command works in
   */
  static RunAs ownerOf(Path database, List<Path> needed) {
    // Without a session of its own the terminal's Ctrl-C would reach it before the server has
    // finished with it.
    List<String> words = new ArrayList<>(List.of("setsid"));
    ProcessUser self = ProcessUser.current();
    if (!self.isRoot()) {
      return new RunAs(self, words);
    }
    ProcessUser owner =
        ProcessUser.ownerOf(database)
            .filter(existing -> !existing.isRoot())
            .orElseGet(ProcessUser::unprivileged);
    words.addAll(Passage.to(owner, needed));
    words.addAll(
        List.of(
            "setpriv",
            "--reuid=" + owner.uid(),
            "--regid=" + owner.gid(),
            "--clear-groups",
            "--bounding-set=-all",
            "--inh-caps=-all",
            "--no-new-privs",
            "--"));
    return new RunAs(owner, words);
  }

  List<String> command(Path program, List<String> arguments) {
    List<String> command = new ArrayList<>(words);
    command.add(program.toString());
    command.addAll(arguments);
    return command;
  }
}
