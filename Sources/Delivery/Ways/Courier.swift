package import Drivers
package import Notifications
import PlanModel
import PlanText
package import Reports
import Secrets

/// Takes a letter to a destination, once, and says what came of it.
package final class Courier: Sendable {
  private let secrets: SecretResolver
  private let programs: PlainProgram
  private let web: WebSender
  private let time: @Sendable () -> Int64

  /// How long a program may take that is told something.
  static let patience: Duration = .seconds(30)

  /// A courier.
  ///
  /// - Parameters:
  ///   - secrets: Follows the references of the settings.
  ///   - programs: Runs `sendmail` and programs of the user's.
  ///   - patience: How long a web server may take.
  ///   - time: Seconds since 1970, in real time.
  package init(
    secrets: SecretResolver, programs: PlainProgram, patience: Duration? = nil,
    time: @escaping @Sendable () -> Int64
  ) {
    self.secrets = secrets
    self.programs = programs
    web = WebSender(patience: patience ?? WebSender.patience)
    self.time = time
  }

  /// Tries once.
  package func deliver(
    _ letter: NewsLetter, to destination: NewsSettings.Destination
  ) async -> DeliveryOutcome {
    do {
      switch destination.means {
      case .webhook(let url, let secret):
        let body = letter.cloudEvent
        var key: Secret?
        if let secret { key = try await secrets.resolve(secret) }
        let headers = try WebhookSignature.headers(
          for: body, id: letter.id, at: time(), secret: key)
        return try await post(
          body, to: url, headers: [("Content-Type", "application/cloudevents+json")] + headers)
      case .slack(let url): return try await post(letter.slackMessage, to: url, headers: Self.json)
      case .teams(let url): return try await post(letter.teamsMessage, to: url, headers: Self.json)
      case .mail(let mail):
        return await run(
          mail.sendmail + ["-t", "-i"], letter.mail(from: mail.from, to: mail.to))
      case .command(let arguments):
        return await run(arguments, letter.cloudEvent + [UInt8(ascii: "\n")])
      }
    } catch let trouble as SecretTrouble {
      return .failed("A secret that the settings refer to \(Self.words(for: trouble)).")
    } catch {
      return .failed("The request could not be signed.")
    }
  }

  /// Calls a check that expects calls, once.
  ///
  /// - Parameters:
  ///   - check: The check.
  ///   - call: What it is told.
  /// - Returns: What came of it.
  package func call(_ check: NewsSettings.Check, _ call: CheckCall) async -> DeliveryOutcome {
    do {
      let url = try await text(of: check.url.value)
      guard url.contains(CheckCall.place) == check.isPerSite else {
        return .failed(
          check.isPerSite
            ? "The URL has no {site}, although each site is to have a check of its own."
            : "The URL has {site}: say 'per: site' beside it.")
      }
      return outcome(
        of: await web.post(
          Array(call.body.utf8), to: call.address(below: url),
          headers: [("Content-Type", "text/plain; charset=utf-8")]))
    } catch let trouble as SecretTrouble {
      return .failed("The URL that the settings refer to \(Self.words(for: trouble)).")
    } catch {
      return .failed("The URL that the settings refer to cannot be had.")
    }
  }

  private static func words(for trouble: SecretTrouble) -> String {
    switch trouble {
    case .notSet: "is in a variable that is not set"
    case .file: "is in a file that cannot be read"
    case .empty: "is empty"
    default: "is to come from a program that does not give it"
    }
  }

  private static let json = [("Content-Type", "application/json")]

  private func text(of reference: SecretReference) async throws -> String {
    try await secrets.resolve(reference).reveal { String(decoding: $0, as: UTF8.self) }
  }

  private func post(
    _ body: [UInt8], to url: SecretReference, headers: [(String, String)]
  ) async throws -> DeliveryOutcome {
    outcome(of: await web.post(body, to: try await text(of: url), headers: headers))
  }

  /// What an answer means: 2xx is taken, 410 is gone, and everything else, redirects included, is a failure.
  private func outcome(of answer: WebAnswer) -> DeliveryOutcome {
    switch answer {
    case .status(200..<300, _): .delivered("taken")
    case .status(410, _): .gone("It answers 410: it is gone, and wants nothing more.")
    case .status(let code, let retryAfter):
      .failed(
        (300..<400).contains(code)
          ? "It answers \(code): it has moved, and nobody follows. Correct its URL."
          : "It answers \(code).",
        retryAfter: retryAfter.flatMap { RetryAfter.pause($0, at: time()) })
    case .none(let words): .failed(words)
    }
  }

  private func run(_ arguments: [String], _ input: [UInt8]) async -> DeliveryOutcome {
    switch await programs.run(arguments, input: input, within: Self.patience) {
    case .exited(0): .delivered("taken")
    case .exited(let status): .failed("The program ended with \(status).")
    case .failed(let words): .failed(words)
    }
  }
}
