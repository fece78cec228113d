import NIOCore
import Secrets

/// The token of one account at one server, shared by all that call it. A task that needs one while it is being asked
/// for waits for the same answer, so many tasks cost one log-on. A password that SEPM did not accept is remembered: failed
/// log-ons lock accounts (`docs/SEPM.md`, "Logging on").
actor Session {
  /// What SEPM gives at a log-on.
  struct Grant: Sendable {
    let secret: Secret

    /// How long it lives, in seconds; nil where SEPM does not say.
    let lifetime: Int64?
  }

  /// A token that is good as far as anybody knows.
  struct Token: Sendable {
    /// Tells it from the ones before it.
    let number: Int
    let secret: Secret

    /// On the steady clock.
    fileprivate let goodUntil: NIODeadline
  }

  /// Asks SEPM for a token.
  typealias LogOn = @Sendable () async -> Result<Grant, SEPMError>

  private var current: Token?

  /// Tokens that were replaced while they were good: other tasks may be using them.
  private var former: [Token] = []
  private var underWay: Task<Result<Token, SEPMError>, Never>?
  private var count = 0
  private var refused: Secret?

  /// A token that SEPM has not refused, and whether it was made for this question; `refused` is the number of one that
  /// it has.
  func token(
    insteadOf refused: Int?, by logOn: @escaping LogOn
  ) async throws(SEPMError) -> (token: Token, isNew: Bool) {
    if let current, current.number != refused, current.goodUntil > .now() {
      return (current, false)
    }
    let task = underWay ?? Task { await self.renew(by: logOn) }
    underWay = task
    return (try await task.value.get(), true)
  }

  /// Takes a token that was asked for on purpose, though there may be one.
  @discardableResult
  func replace(by grant: Grant) -> Token {
    if let current, current.goodUntil > .now() { former.append(current) }
    return take(grant)
  }

  private func take(_ grant: Grant) -> Token {
    count += 1
    // Seen in the wild: twelve hours. It is given up a little before its end.
    let life = min(max(grant.lifetime ?? 3_600, 0), 30 * 86_400)
    let token = Token(
      number: count, secret: grant.secret,
      goodUntil: .now() + .seconds(life - min(300, life / 10)))
    current = token
    refused = nil
    return token
  }

  /// Whether SEPM was asked with this password before, and did not accept it.
  func hasRefused(_ password: Secret) -> Bool { refused?.matches(password) ?? false }

  /// Remembers that SEPM does not accept a password.
  func refuse(_ password: Secret) { refused = password }

  /// Lets the password that SEPM did not accept be sent once more.
  func forgetRefusal() { refused = nil }

  /// Gives all tokens up, and returns those that there were.
  func end() -> [Token] {
    defer { (current, former) = (nil, []) }
    return former + [current].compactMap(\.self)
  }

  private func renew(by logOn: LogOn) async -> Result<Token, SEPMError> {
    let answer = await logOn()
    underWay = nil
    return answer.map { take($0) }
  }
}
