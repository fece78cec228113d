import Testing

@testable import SEPMClient

@Suite("What is done after a try at a call")
struct CallDecisionTests {
  private let read = HTTPCall("read the groups", .get, "/groups")
  private let write = HTTPCall("switch verification off", .patch, "/groups/1/locations/2/settings")

  private func object() -> HTTPCall {
    var call = HTTPCall("read the group", .get, "/groups/1")
    call.subject = .object
    return call
  }

  @Test("Each status means one thing for a read")
  func statuses() {
    func verdict(_ status: Int, of call: HTTPCall? = nil) -> CallVerdict {
      CallVerdict(
        HTTPAnswer(status: status, retryAfter: .seconds(7)), to: call ?? read, words: "words")
    }
    #expect(verdict(200) == .done)
    #expect(verdict(204) == .done)
    #expect(verdict(302) == .failed(.redirected(302)))
    #expect(verdict(400) == .failed(.rejected(400, "words")))
    #expect(verdict(401) == .unauthorized("words"))
    #expect(verdict(403) == .failed(.missingRights("words")))
    #expect(verdict(404) == .failed(.resourceAbsent))
    #expect(verdict(404, of: object()) == .failed(.notFound("words")))
    #expect(verdict(409) == .failed(.conflict("words")))
    #expect(verdict(410) == .failed(.notFound("words")))
    #expect(verdict(429) == .throttled(.seconds(7)))
    #expect(verdict(500) == .failed(.server(500, "words")))
    #expect(verdict(503) == .failed(.server(503, "words")))
  }

  @Test("What a write did is unknown after everything that may follow it")
  func writes() {
    for status in [207, 500, 502, 503, 504] {
      let verdict = CallVerdict(HTTPAnswer(status: status), to: write, words: nil)
      guard case .failed(.outcomeUnknown) = verdict else {
        Issue.record("\(status): \(verdict)")
        continue
      }
    }
    let unknown: [TransportFailure] = [.lost, .timedOut, .tooLarge, .notHTTP, .cancelled]
    let known: [TransportFailure] = [
      .unknownHost, .refused, .unreachable("no route"), .noConnection, .wrongCertificate(nil),
      .noTLS("it does not speak TLS"),
    ]
    for failure in unknown + known {
      let verdict = CallVerdict(failure, of: write, trust: .system, limits: CallLimits())
      var isUnknown = false
      if case .failed(.outcomeUnknown) = verdict { isUnknown = true }
      #expect(isUnknown == unknown.contains(failure), "\(failure)")
    }
  }

  @Test("A read whose connection was lost is made once more, a write never")
  func lost() {
    var attempts = CallAttempts(read, patience: .seconds(300))
    #expect(attempts.next(after: .lost) == .again(after: .zero, holdsAll: false))
    #expect(
      attempts.next(after: .lost) == .fail(.unreachable("the connection was lost, twice")))
    var once = CallAttempts(write, patience: .seconds(300))
    guard case .fail = once.next(after: .lost) else {
      Issue.record("a write was made again")
      return
    }
  }

  @Test(
    "A read that met a trouble of the server's own is made once more after a moment, a write never")
  func trouble() {
    var attempts = CallAttempts(read, patience: .seconds(300))
    let trouble = CallVerdict.failed(.server(500, nil))
    guard case .again(let pause, false) = attempts.next(after: trouble) else {
      Issue.record("a read was not made again")
      return
    }
    #expect(pause > .zero)
    #expect(attempts.next(after: trouble) == .fail(.server(500, nil)))
    var once = CallAttempts(write, patience: .seconds(300))
    let unknown = SEPMError.Kind.outcomeUnknown("SEPM answers 500")
    #expect(once.next(after: .failed(unknown)) == .fail(unknown))
  }

  @Test("A refused token is replaced once; a new one that is refused has no rights")
  func unauthorized() {
    var attempts = CallAttempts(read, patience: .seconds(300))
    #expect(attempts.next(after: .unauthorized("no")) == .logOn)
    attempts.loggedOn()
    #expect(attempts.next(after: .unauthorized("no")) == .fail(.missingRights("no")))
    var logOn = HTTPCall("ask", .post, "/identity/authenticate")
    logOn.isAuthorized = false
    var only = CallAttempts(logOn, patience: .seconds(300))
    #expect(only.next(after: .unauthorized("no")) == .fail(.rejected(401, "no")))
    logOn.isLogOn = true
    only = CallAttempts(logOn, patience: .seconds(300))
    #expect(only.next(after: .unauthorized("no")) == .fail(.badCredentials))
  }

  @Test("A throttle is waited for as it asks, else longer each time, until patience ends")
  func throttled() {
    var attempts = CallAttempts(write, patience: .seconds(100))
    #expect(
      attempts.next(after: .throttled(.seconds(20))) == .again(after: .seconds(20), holdsAll: true))
    for seconds in [4, 8, 16, 32] {
      #expect(
        attempts.next(after: .throttled(nil)) == .again(after: .seconds(seconds), holdsAll: true))
    }
    #expect(attempts.next(after: .throttled(nil)) == .fail(.throttled(retryAfter: nil)))
    var impatient = CallAttempts(read, patience: .seconds(100))
    #expect(
      impatient.next(after: .throttled(.seconds(3_600)))
        == .fail(.throttled(retryAfter: .seconds(3_600))))
    // A server that asks for no time at all gets no storm.
    var eager = CallAttempts(read, patience: .seconds(3))
    for _ in 0..<3 {
      #expect(
        eager.next(after: .throttled(.zero)) == .again(after: .seconds(1), holdsAll: true))
    }
    #expect(eager.next(after: .throttled(.zero)) == .fail(.throttled(retryAfter: .zero)))
  }
}
