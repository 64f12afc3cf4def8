package io.byoa;

import io.byoa.common.Command;
import io.byoa.common.Nearest;
import io.byoa.common.StartupNote;
import io.quarkus.arc.All;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import jakarta.enterprise.context.Dependent;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** The started application: it serves until it is told to stop, or does one command. */
@Dependent
final class Application implements QuarkusApplication {

  private static final Logger LOG = Logger.getLogger(Application.class);

  private final List<StartupNote> notes;
  private final List<Command> commands;
  private final boolean jsonLog;
  private final PrintStream out = System.out;

  Application(
      @All List<StartupNote> notes,
      @All List<Command> commands,
      @ConfigProperty(name = "byoa.log.json") boolean jsonLog) {
    this.notes = notes;
    this.commands = commands;
    this.jsonLog = jsonLog;
  }

  @Override
  public int run(String... arguments) {
    if (arguments.length == 0) {
      tellThatItIsReady();
      Quarkus.waitForExit();
      return 0;
    }
    List<String> given = Arrays.asList(arguments);
    Optional<Command> command =
        commands.stream().filter(known -> known.name().equals(given.getFirst())).findFirst();
    if (command.isPresent()) {
      return command.get().run(given.subList(1, given.size()), out);
    }
    System.err.print(unknown(given.getFirst()));
    return 2;
  }

  /** To a person in a few lines; to a machine that reads the log, in lines of its kind. */
  private void tellThatItIsReady() {
    if (jsonLog) {
      Banner.sorted(notes, StartupNote::logged)
          .forEach(note -> LOG.infof("%s: %s", note.label(), note.logged()));
      LOG.info("BYOA is ready.");
    } else {
      out.print(Banner.of(notes));
      out.flush();
    }
  }

  private String unknown(String name) {
    List<String> names = commands.stream().map(Command::name).toList();
    StringBuilder text = new StringBuilder();
    text.append("There is no command '%s'%s%n".formatted(name, Nearest.hint(name, names)));
    text.append("Without arguments the server starts. The commands are:%n".formatted());
    commands.stream()
        .sorted(Comparator.comparing(Command::name))
        .forEach(known -> text.append("  %-16s %s%n".formatted(known.name(), known.summary())));
    return text.toString();
  }
}
