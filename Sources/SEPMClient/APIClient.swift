import Secrets

/// The REST API of one management server, as one account (`docs/SEPM.md`, "REST API").
///
/// A value that may be handed to many tasks: they share its token and its pace. Reads are made again once where a
/// connection was lost or the server had a trouble of its own, and calls that were throttled until patience ends; a token that died with the API service is
/// replaced once, and a password that was not accepted is not sent again until ``forgetRefusal()``. A write is never made again where nobody knows whether it arrived: it fails with
/// ``SEPMError/Kind/outcomeUnknown(_:)``, and the caller reads back.
package struct APIClient: Sendable {
  /// The server.
  package let address: APIAddress

  let limits: CallLimits
  private let account: Account
  private let trust: ServerTrust
  private let pace: RequestPace
  private let session: Session
  private let transport: Transport
  private let clock: @Sendable () -> Int64

  /// A client; it connects to nothing yet.
  ///
  /// - Parameters:
  ///   - address: where the API is.
  ///   - account: who logs on, when a token is needed.
  ///   - trust: what the server's certificate is held against.
  ///   - pace: the pace of all requests to this server; the same one for all its clients.
  ///   - limits: what an answer may cost.
  ///   - clock: the local clock, in UTC milliseconds since 1970; only skews are measured with it.
  package init(
    _ address: APIAddress, account: Account, trust: ServerTrust, pace: RequestPace = RequestPace(),
    limits: CallLimits = CallLimits(), clock: @escaping @Sendable () -> Int64
  ) {
    self.init(
      address, account: account, trust: trust, pace: pace, limits: limits, session: Session(),
      clock: clock)
  }

  private init(
    _ address: APIAddress, account: Account, trust: ServerTrust, pace: RequestPace,
    limits: CallLimits, session: Session, transport: Transport? = nil,
    clock: @escaping @Sendable () -> Int64
  ) {
    self.address = address
    self.account = account
    self.trust = trust
    self.pace = pace
    self.limits = limits
    self.session = session
    self.clock = clock
    self.transport = transport ?? Transport(address, trust: trust, limits: limits)
  }

  /// The same client with another trust: its token and its pace are shared. During a swap of the server's certificate
  /// the old and the new one are trusted, before and after it only one.
  package func trusting(_ trust: ServerTrust) -> APIClient {
    APIClient(
      address, account: account, trust: trust, pace: pace, limits: limits, session: session,
      clock: clock)
  }

  /// The same client for which an answer may take another time: what a write must be over in. All else is shared.
  package func answering(within time: Duration) -> APIClient {
    var limits = limits
    limits.answer = time
    return APIClient(
      address, account: account, trust: trust, pace: pace, limits: limits, session: session,
      transport: transport, clock: clock)
  }

  /// Logs on now, with the password as it is now, whether or not there is a token.
  package func logOn() async throws(SEPMError) -> Logon {
    let (user, grant, skew) = try await authenticate()
    await session.replace(by: grant)
    return Logon(administrator: user.administrator, skew: skew)
  }

  /// Who is logged on, and what time it is there; logs on first if need be.
  package func currentUser() async throws(SEPMError) -> Logon {
    let call = HTTPCall("ask who is logged on", .get, "/sessions/currentuser")
    let answer = try await send(call)
    let user = try decode(answer, of: call) { cursor throws(MalformedAnswer) in
      try UserToken(&cursor)
    }
    return Logon(administrator: user.administrator, skew: skew(of: user, in: answer))
  }

  /// Gives every token back. A client that has none sends nothing.
  package func logOut() async throws(SEPMError) {
    for token in await session.end() { try await giveBack(token) }
  }

  private func giveBack(_ token: Session.Token) async throws(SEPMError) {
    var attempts = CallAttempts(.logout, patience: limits.throttling)
    attempts.loggedOn()
    while true {
      let (verdict, _) = try await attempt(.logout, token: token)
      // A token that is dead already needs no log-off.
      if case .unauthorized = verdict { return }
      switch attempts.next(after: verdict) {
      case .done, .logOn: return
      case .again(let time, let holdsAll): try await wait(time, holdsAll: holdsAll, for: .logout)
      case .fail(let kind): throw error(kind, in: .logout)
      }
    }
  }

  /// Lets a password that SEPM did not accept be sent once more: somebody may have unlocked the account.
  package func forgetRefusal() async { await session.forgetRefusal() }

  /// Makes a call until it is done or has failed.
  func send(_ call: HTTPCall) async throws(SEPMError) -> HTTPAnswer {
    var attempts = CallAttempts(call, patience: limits.throttling)
    var refused: Int?
    while true {
      var token: Session.Token?
      if call.isAuthorized {
        let given = try await session.token(insteadOf: refused) { await self.grant() }
        token = given.token
        if given.isNew { attempts.loggedOn() }
      }
      let (verdict, answer) = try await attempt(call, token: token)
      switch attempts.next(after: verdict) {
      case .done:
        // There is no verdict of that kind without an answer.
        if let answer { return answer }
      case .again(let time, let holdsAll): try await wait(time, holdsAll: holdsAll, for: call)
      case .logOn: refused = token?.number
      case .fail(let kind): throw error(kind, in: call)
      }
    }
  }

  /// Makes a call and reads its answer.
  func read<Value>(
    _ call: HTTPCall, _ body: (inout JSONCursor) throws(MalformedAnswer) -> Value
  ) async throws(SEPMError) -> Value {
    try decode(try await send(call), of: call, body)
  }

  /// Reads an answer.
  func decode<Value>(
    _ answer: HTTPAnswer, of call: HTTPCall,
    _ body: (inout JSONCursor) throws(MalformedAnswer) -> Value
  ) throws(SEPMError) -> Value {
    do throws(MalformedAnswer) {
      return try JSONCursor.read(answer.body, body)
    } catch {
      throw self.error(
        call.isRepeatable
          ? .malformed(error.words) : .outcomeUnknown("the answer makes no sense: \(error.words)"),
        in: call)
    }
  }

  func error(_ kind: SEPMError.Kind, in call: HTTPCall) -> SEPMError {
    SEPMError(task: call.task, server: address.description, kind: kind)
  }

  private func attempt(
    _ call: HTTPCall, token: Session.Token?
  ) async throws(SEPMError) -> (CallVerdict, HTTPAnswer?) {
    do throws(CancellationError) {
      try await pace.turn()
    } catch {
      throw self.error(.cancelled, in: call)
    }
    do throws(TransportFailure) {
      let sent = clock()
      var answer = try await transport.send(call, token: token?.secret, within: limits.answer)
      (answer.sent, answer.received) = (sent, clock())
      guard !(200..<300).contains(answer.status) else {
        return (CallVerdict(answer, to: call, words: nil), answer)
      }
      // What a log-on says of its failure might say the password.
      let words = token.flatMap { token in
        token.secret.reveal { ErrorWords.words(of: answer, without: [$0]) }
      }
      return (CallVerdict(answer, to: call, words: words), answer)
    } catch {
      return (CallVerdict(error, of: call, trust: trust.kind, limits: limits), nil)
    }
  }

  private func wait(
    _ time: Duration, holdsAll: Bool, for call: HTTPCall
  ) async throws(SEPMError) {
    if holdsAll {
      // The next turn comes after it.
      await pace.hold(for: time)
    } else if time > .zero {
      do {
        try await Task.sleep(for: time)
      } catch {
        throw self.error(.cancelled, in: call)
      }
    }
  }

  private func grant() async -> Result<Session.Grant, SEPMError> {
    do throws(SEPMError) {
      return .success(try await authenticate().grant)
    } catch {
      return .failure(error)
    }
  }

  private func authenticate() async throws(SEPMError) -> (
    user: UserToken, grant: Session.Grant, skew: ClockSkew?
  ) {
    let password: Secret
    do {
      password = try await account.password()
    } catch {
      throw SEPMError(
        task: "log on", server: address.description, kind: .noPassword(error))
    }
    let call = HTTPCall.authenticate(account, password: password)
    guard await !session.hasRefused(password) else { throw error(.refusedBefore, in: call) }
    let answer: HTTPAnswer
    do throws(SEPMError) {
      answer = try await send(call)
    } catch {
      if error.kind == .badCredentials { await session.refuse(password) }
      throw error
    }
    let user = try decode(answer, of: call) { cursor throws(MalformedAnswer) in
      try UserToken(&cursor)
    }
    guard let token = user.token else {
      throw error(.malformed("the member `token` is missing"), in: call)
    }
    account.learn(token)
    return (
      user, Session.Grant(secret: token, lifetime: user.lifetime), skew(of: user, in: answer)
    )
  }

  private func skew(of user: UserToken, in answer: HTTPAnswer) -> ClockSkew? {
    user.serverTime.map {
      ClockSkew(server: $0, sent: answer.sent, received: answer.received)
    }
  }
}

extension ServerTrust {
  /// What is said of it in an error.
  fileprivate var kind: SEPMError.Trusted {
    switch self {
    case .fingerprints(let pins): .fingerprints(pins)
    case .authorities: .authorities
    case .system: .system
    }
  }
}

extension APIClient: CustomStringConvertible, CustomReflectable {
  /// The server, and nothing of the account.
  package var description: String { "the API of \(address)" }

  /// Shows nothing but the server.
  package var customMirror: Mirror { Mirror(self, children: ["address": address]) }
}
