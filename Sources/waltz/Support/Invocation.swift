import ArgumentParser
import PlanText
import Reports

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// From arguments to an exit status.
enum Invocation {
  static func main(_ arguments: [String]) async -> Never {
    // A reader that goes away is no crash; the write says so and the command ends.
    signal(SIGPIPE, SIG_IGN)
    Signals.unblock()
    Terminal.holdStandardStreams()
    var status = await status(ofCommand: arguments)
    if let failure = Terminal.outputFailure {
      Terminal.error.write(failure)
      // What was asked for is not there, whatever it said. Where a run stands is said by its status alone.
      if [.done, .findings, .different].contains(status) { status = failure.status }
    }
    exit(status.rawValue)
  }

  /// The status of a command: the program's name and what follows it, as the system hands them over.
  private static func status(ofCommand words: [String]) async -> ExitStatus {
    // On Linux the standard library reads them from /proc, and has none where it is missing. A command without
    // arguments asks for help, and that would end with 0.
    guard words.first?.isEmpty == false else {
      Terminal.error.write(
        CommandError(
          .environment,
          "The command's arguments cannot be read, because /proc is not there. Mount it: `mount -t proc proc "
            + "/proc`."))
      return .environment
    }
    return await status(of: Array(words.dropFirst()))
  }

  private static func status(of arguments: [String]) async -> ExitStatus {
    if let mistake = unknownCommand(inHelp: arguments) {
      if let page = TaskHelp.page(for: Array(arguments.dropFirst())) {
        Terminal.output.write(page)
        return .done
      }
      Terminal.error.write(CommandError(.usage, mistake))
      return .usage
    }
    var command: any ParsableCommand
    do {
      command = try Waltz.parseAsRoot(arguments)
    } catch {
      if let name = arguments.first, let advice = advice(for: name) {
        Terminal.error.write(CommandError(.usage, advice))
        return .usage
      }
      return refuse(error, arguments)
    }
    do {
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
      return .done
    } catch let status as ExitStatus {
      return status
    } catch {
      // The parser's own: `waltz plan` without more asks for help.
      if error is ValidationError || Waltz.exitCode(for: error).isSuccess {
        return refuse(error, arguments)
      }
      let failure = CommandError(error)
      Terminal.error.write(failure)
      return failure.status
    }
  }

  /// What to write instead of a command that belongs to another one, such as `waltz validate`.
  private static func advice(for name: String) -> String? {
    guard !Waltz.configuration.subcommands.contains(where: { $0.isNamed(name) }) else { return nil }
    let group = Waltz.configuration.subcommands.first { group in
      group.configuration.subcommands.contains { $0.isNamed(name) }
    }
    guard let group = group?.configuration.commandName else { return nil }
    return
      "There is no command `waltz \(name)`; you probably mean `waltz \(group) \(name)`."
  }

  /// What is wrong with `waltz help NAME…`: the parser answers a name that it does not know with the help for
  /// everything, as if all were well.
  private static func unknownCommand(inHelp arguments: [String]) -> String? {
    guard arguments.first == "help" else { return nil }
    var known: any ParsableCommand.Type = Waltz.self
    var path = "waltz"
    for name in arguments.dropFirst() {
      guard !name.hasPrefix("-") else { return nil }
      let subcommands = known.configuration.subcommands
      guard let next = subcommands.first(where: { $0.isNamed(name) }) else {
        if path == "waltz", let advice = advice(for: name) { return advice }
        let meant = nearest(
          to: name, among: subcommands.compactMap { $0.configuration.commandName })
        return "There is no command `\(path) \(name)`. "
          + (meant.map { "Did you mean `\(path) \($0)`?" } ?? "`\(path) --help` lists all.")
      }
      known = next
      path += " \(name)"
    }
    return nil
  }

  /// What the parser says, with what it quotes of the arguments made visible.
  private static func words(for error: any Error, _ arguments: [String]) -> Printout {
    let quoted = arguments.flatMap {
      [$0] + $0.split(separator: "=", maxSplits: 1).map(String.init)
    }
    let text = quoted.reduce(Waltz.fullMessage(for: error)) { text, argument in
      let shown = visible(argument, unicode: Environment.speaksUnicode)
      return shown == argument ? text : text.replacing(argument, with: shown)
    }
    return Printout(report: text + "\n")
  }

  /// Help goes to standard output and is no error; anything else is a mistake in the arguments.
  private static func refuse(_ error: any Error, _ arguments: [String]) -> ExitStatus {
    let text = words(for: error, arguments)
    guard Waltz.exitCode(for: error).isSuccess else {
      Terminal.error.write(text)
      return .usage
    }
    Terminal.output.write(text)
    return .done
  }
}

extension ParsableCommand {
  fileprivate static func isNamed(_ name: String) -> Bool { configuration.commandName == name }
}
