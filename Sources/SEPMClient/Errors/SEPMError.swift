package import PlanModel

/// Why a call of the API came to nothing. It holds no secret, in no form: neither a password nor a token, and of what
/// a server said only a line.
package struct SEPMError: Error, Sendable, Equatable {
  /// What is to be told apart. What an associated text says is the server's or the system's own.
  package enum Kind: Sendable, Equatable {
    /// The name has no address.
    case unknownHost

    /// Nothing listens: the API service is down or starting.
    case refused

    /// There is no way to the server, or the connection was lost twice.
    case unreachable(String)

    /// No connection, or no whole answer, in this time.
    case timedOut(Duration)

    /// Something listens that does not speak TLS as it should.
    case noTLS(String)

    /// The certificate is none that is trusted; `seen` is nil where it could not be looked at.
    case wrongCertificate(seen: Fingerprint?, trusted: Trusted)

    /// The password could not be read.
    case noPassword(SecretTrouble)

    /// The user, the password or the domain is wrong, or the account is locked.
    case badCredentials

    /// The password is one that the server did not accept before, and was not sent again.
    case refusedBefore

    /// The account may not do this. Its token is good.
    case missingRights(String?)

    /// The group, location or other thing that the call names is not there.
    case notFound(String?)

    /// This version of SEPM has no such resource.
    case resourceAbsent

    /// What is asked for does not go with what is there.
    case conflict(String?)

    /// The server does not take the call, for another reason; its status.
    case rejected(Int, String?)

    /// The server throttles for longer than is waited; what it asked for, where it did.
    case throttled(retryAfter: Duration?)

    /// The answer has more bytes than this.
    case tooLarge(limit: Int)

    /// The answer cannot be understood; what is wrong with it.
    case malformed(String)

    /// The pages of a listing do not fit together.
    case brokenPages(PageTrouble)

    /// The server points elsewhere, which is not followed; its status.
    case redirected(Int)

    /// The server has a trouble of its own; its status.
    case server(Int, String?)

    /// A write was sent, and nobody knows whether it was carried out: read back. Why it is not known.
    case outcomeUnknown(String)

    /// The task was cancelled.
    case cancelled
  }

  /// What a certificate was held against.
  package enum Trusted: Sendable, Hashable {
    case fingerprints(Set<Fingerprint>)
    case authorities
    case system
  }

  /// What the call was for, after "Cannot".
  package let task: String

  /// The server, `HOST:8446`.
  package let server: String

  /// What happened.
  package let kind: Kind

  /// An error.
  package init(task: String, server: String, kind: Kind) {
    self.task = task
    self.server = server
    self.kind = kind
  }

  /// Whether the same call may well succeed a while later, with nobody doing anything: a service that restarts, a
  /// network that is down, a throttle.
  package var isPassing: Bool {
    switch kind {
    case .unknownHost, .refused, .unreachable, .timedOut, .throttled, .server: true
    case .noTLS, .wrongCertificate, .noPassword, .badCredentials, .refusedBefore, .missingRights,
      .notFound,
      .resourceAbsent, .conflict, .rejected, .tooLarge, .malformed, .brokenPages, .redirected,
      .outcomeUnknown, .cancelled:
      false
    }
  }
}

/// Why the pages of a listing are not all of it, or never end (`docs/SEPM.md`, "Paging").
package enum PageTrouble: Error, Sendable, Hashable {
  /// A page says that more follow, and has nothing in it.
  case neverEnds(page: Int)

  /// A page says that more follow, though everything that the server counts has come.
  case goesOn(received: Int, total: Int)

  /// A page says that it is the last, though less has come than the server counts.
  case endsEarly(received: Int, total: Int)

  /// More has come than the server counts.
  case tooMany(received: Int, total: Int)

  /// Another page came than the one that was asked for; both from 1.
  case wrongPage(asked: Int, got: Int)

  /// A page holds another number of elements than it says.
  case wrongCount(page: Int, said: Int, held: Int)

  /// There are more pages than may be.
  case tooManyPages(limit: Int)
}
