import PlanModel
import PlanText

// The sentences, as `docs/MESSAGES.md` words them: what is so, why it matters where that is not plain, what to do.
extension SEPMError: CustomStringConvertible {
  package var description: String { "\(statement) \(help)" }

  /// What is so, a sentence.
  package var statement: String { "Cannot \(task) at \(server): \(kind.cause)." }

  /// What to do, in sentences.
  package var help: String { kind.help }
}

extension SEPMError.Kind {
  /// What is so, as the end of a sentence.
  var cause: String {
    switch self {
    case .unknownHost: "the name has no address"
    case .refused: "nothing listens there"
    case .unreachable(let words): words
    case .timedOut(let time): "there was no complete answer within \(time.planNotation)"
    case .noTLS(let words): words
    case .wrongCertificate(let seen, let trusted):
      "the server presents \(seen.map { "the certificate \($0)" } ?? "a certificate"), and "
        + trusted.words
    case .noPassword(let trouble): "its password cannot be read, because \(trouble.cause)"
    case .badCredentials: "SEPM does not accept the user, the password or the domain"
    case .refusedBefore: "SEPM has not accepted this password, so it was not sent again"
    case .missingRights(let words): "the account has no right to do that\(said(words))"
    case .notFound(let words): "it is not there\(said(words))"
    case .resourceAbsent: "this version of SEPM has no such resource"
    case .conflict(let words): "it conflicts with what is there\(said(words))"
    case .rejected(let status, let words): "SEPM answers \(status)\(said(words))"
    case .throttled(let time):
      "SEPM takes no more requests for now"
        + (time.map { ", and asks to wait \($0.planNotation)" } ?? "")
    case .tooLarge(let limit): "the answer is larger than \(limit >> 20) MiB"
    case .malformed(let words): "the answer makes no sense: \(words)"
    case .brokenPages(let trouble): trouble.cause
    case .redirected(let status): "SEPM answers \(status) and points to another address"
    case .server(let status, let words): "SEPM answers \(status)\(said(words))"
    case .outcomeUnknown(let words): "\(words), so the change may or may not be made"
    case .cancelled: "the call was cancelled"
    }
  }

  /// What to do, in sentences.
  var help: String {
    switch self {
    case .unknownHost: "Check the `url` of the site's `api`, and the name server of this machine."
    case .refused:
      "Check that the service `semapisrv` runs. After a restart it takes minutes until it listens."
    case .unreachable: "Check the network between this machine and the server."
    case .timedOut: "Check the load of the server. The call can be made again."
    case .noTLS: "Check the port in the `url` of the site's `api`."
    case .wrongCertificate:
      "If the certificate was changed on purpose, change `trust` of the site's `api`. If not, find out "
        + "what answers in place of the server: the password was not sent."
    case .noPassword: "Check what `password` of the site's `api` refers to."
    case .badCredentials, .refusedBefore:
      "Check `username`, `password` and `domain` of the site's `api`, and whether the account is "
        + "locked. Another password is sent as soon as there is one; this one only after `waltz retry` of a "
        + "step that failed by it, or by the next executor, since failed log-ons lock accounts."
    case .missingRights: "Give the account the role of a system administrator."
    case .notFound: "Check whether it was deleted or moved meanwhile."
    case .resourceAbsent: "Do it in the console, or upgrade the server."
    case .conflict: "Look at it in the console."
    case .rejected: "Look at it in the console, and into `tomcat/logs` on the server."
    case .throttled:
      "Wait, or raise `scm.web.service.rest.throttle.threshold` in `conf.properties` on the server."
    case .tooLarge: "Check that a management server answers at this address."
    case .malformed, .redirected: "Check that a management server answers at this address."
    case .brokenPages: "Nothing was counted. Ask again; if it stays so, restart `semapisrv`."
    case .server: "Look into `tomcat/logs` on the server. The call can be made again."
    case .outcomeUnknown: "Read it back before anything else is done."
    case .cancelled: "Nothing needs to be done."
    }
  }

  private func said(_ words: String?) -> String { words.map { ", and says: \($0)" } ?? "" }
}

extension SEPMError.Trusted {
  fileprivate var words: String {
    switch self {
    case .fingerprints(let pins):
      "the plan trusts only "
        + pins.map(\.description).sorted().joined(separator: " and ")
    case .authorities: "no authority that the plan names vouches for it and its name"
    case .system: "no authority of this machine vouches for it and its name"
    }
  }
}

extension PageTrouble {
  /// What is so, as the end of a sentence.
  var cause: String {
    switch self {
    case .neverEnds(let page): "page \(page) is empty and says that more pages follow"
    case .goesOn(let received, let total):
      "the pages go on after \(received.grouped), though SEPM counts \(total.grouped)"
    case .endsEarly(let received, let total):
      "the pages end after \(received.grouped), though SEPM counts \(total.grouped)"
    case .tooMany(let received, let total):
      "the pages have \(received.grouped), though SEPM counts \(total.grouped)"
    case .wrongPage(let asked, let got): "page \(got) came in place of page \(asked)"
    case .wrongCount(let page, let said, let held):
      "page \(page) says that it has \(said.grouped), and has \(held.grouped)"
    case .tooManyPages(let limit): "there are more than \(limit.grouped) pages"
    }
  }
}
