import ArgumentParser

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
    exit(await status(of: Array(arguments.dropFirst())).rawValue)
  }

  private static func status(of arguments: [String]) async -> ExitStatus {
    var command: any ParsableCommand
    do {
      command = try Waltz.parseAsRoot(arguments)
    } catch {
      return refuse(error)
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
      if error is ValidationError || Waltz.exitCode(for: error).isSuccess { return refuse(error) }
      let failure = CommandError(error)
      Terminal.error.write(failure)
      return failure.status
    }
  }

  /// Help goes to standard output and is no error; anything else is a mistake in the arguments.
  private static func refuse(_ error: any Error) -> ExitStatus {
    let text = Waltz.fullMessage(for: error)
    guard Waltz.exitCode(for: error).isSuccess else {
      Terminal.error.write(text + "\n")
      return .usage
    }
    Terminal.output.write(text + "\n")
    return .done
  }
}
