package io.byoa.engine.contract;

import io.byoa.engine.TrainingOrder.ArgumentStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What follows the program's own words in argv.
 *
 * @param values each exactly one argument, whatever is in it
 */
record Arguments(List<String> values) {

  Arguments {
    values = List.copyOf(values);
  }

  static Arguments of(ArgumentStyle style, HyperParameters parameters) {
    return new Arguments(
        switch (style) {
          case FLAGS -> flags(parameters);
          case SCRIPT_MODE -> scriptMode(parameters);
          case TRAIN -> List.of("train");
        });
  }

  private static List<String> flags(HyperParameters parameters) {
    List<String> arguments = new ArrayList<>();
    parameters
        .given()
        .forEach((name, value) -> {
          arguments.add("--" + name);
          arguments.add(HyperParameters.flat(value));
        });
    return arguments;
  }

  private static List<String> scriptMode(HyperParameters parameters) {
    List<String> arguments = new ArrayList<>();
    ToolkitParameters.split(parameters)
        .user()
        .forEach((name, value) -> {
          arguments.add(scriptModeName(name));
          arguments.add(scriptModeValue(value));
        });
    return arguments;
  }

  private static String scriptModeName(String name) {
    return switch (name.codePointCount(0, name.length())) {
      case 0 -> "";
      case 1 -> "-" + name;
      default -> "--" + name;
    };
  }

  private static String scriptModeValue(Json value) {
    return switch (value) {
      case Json.Null() -> "";
      case Json.Members(var members) ->
          members.entrySet().stream()
              .sorted(Map.Entry.comparingByKey(PythonText.ORDER))
              .map(member -> member.getKey() + "=" + PythonText.str(member.getValue()))
              .collect(Collectors.joining(","));
      case Json.Bool _, Json.Num _, Json.Text _, Json.Elements _ -> PythonText.str(value);
    };
  }
}
