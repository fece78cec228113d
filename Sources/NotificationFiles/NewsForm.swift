import DocumentForm
import Notifications
import PlanModel
import PlanSyntax
import PlanText

/// The document, header included.
let newsDocument = DocumentKind(
  apiVersion: "waltz/v1", kind: "Notifications",
  form: Form<NewsSettings>.object(
    "settings of news", .apiVersion("waltz/v1"), .kind("Notifications"),
    .optional(
      "timeZone", .scalar(.timeZone),
      "The zone that times of the day are in. Its name stands in the system's list of zones.",
      documentedDefault: "UTC"),
    .optional(
      "digest", .scalar(.dayTime),
      "When the digest of the day is sent: the first moment at or after this time.",
      documentedDefault: "08:00"),
    .optional(
      "quiet", .quietHours,
      "When nothing is told but what puts clients at risk; all else waits for the end of these hours."
    ),
    .optional(
      "budgets", .budgets,
      "For how long something may be open before it is news."),
    .optional(
      "destinations", .destinations,
      "Who is told. Where nobody is, only the checks are called."),
    .optional(
      "ping", .ping,
      "What notices that no executor has come for long: healthchecks or its like."),
    .optional(
      "exposure", .exposure,
      "What notices that clients check no signatures for longer than was agreed: another check of the same kind."
    )
  ) { _, _, _, zone, digest, quiet, budgets, destinations, ping, exposure in
    NewsSettings(
      zone: zone?.value ?? DayClock(name: "UTC") { _ in 0 },
      digestAt: digest?.value ?? DayTime(minutes: 8 * 60), quiet: quiet,
      verificationOffBudget: budgets?.verificationOff ?? .days(21),
      replicationBrokenBudget: budgets?.replicationBroken ?? .days(21),
      destinations: destinations ?? [], ping: ping, exposure: exposure)
  }.checked(sharedCheck))

extension Scalar where Value == DayTime {
  fileprivate static let dayTime = Scalar(
    "a time of the day such as 08:00", examples: ["08:00"], page: .notATimeOfDay,
    rule: "Write two digits for the hour, a colon and two for the minute, in quotes: \"08:00\".",
    pattern: "^([01][0-9]|2[0-3]):[0-5][0-9]$"
  ) { DayTime($0) }
}

extension Scalar where Value == DayClock {
  fileprivate static let timeZone = Scalar(
    "a time zone such as Europe/Berlin", examples: ["Europe/Berlin"], page: .notAZone,
    rule: "Write a name of the system's list of zones: `ls /usr/share/zoneinfo`.",
    pattern: "^[A-Za-z0-9_+/-]+$", maximumLength: 64
  ) { DayClock(zone: $0) }
}

extension Scalar where Value == String {
  fileprivate static let mailAddress = Scalar(
    "an address of mail", examples: ["rotations@example.net"], page: .notAMailAddress,
    rule: "Write only the address, without a name and without angle brackets.",
    pattern: "^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$",
    maximumLength: 254
  ) { isMailAddress($0) ? $0 : nil }
}

/// Whether a text is an address that needs no quoting anywhere: it goes into a mail's head as it is.
private func isMailAddress(_ text: String) -> Bool {
  let parts = text.split(separator: "@", omittingEmptySubsequences: false)
  guard parts.count == 2, text.utf8.count <= 254 else { return false }
  let special = Set(".!#$%&'*+/=?^_`{|}~-".utf8)
  guard let first = parts[1].utf8.first, let last = parts[1].utf8.last,
    first.isLetterOrDigit, last.isLetterOrDigit
  else { return false }
  return !parts[0].isEmpty
    && parts[0].utf8.allSatisfy { $0.isLetterOrDigit || special.contains($0) }
    && parts[1].utf8.allSatisfy { $0.isLetterOrDigit || $0 == "." || $0 == "-" }
}

private struct Budgets: Sendable {
  var verificationOff: Duration?
  var replicationBroken: Duration?
}

extension Form where Value == Budgets {
  fileprivate static let budgets: Form = .object(
    "budgets", example: "{ verificationOff: 14d }",
    .optional(
      "verificationOff", .scalar(.duration), "For how long clients of a site check no signatures.",
      documentedDefault: "21d"),
    .optional(
      "replicationBroken", .scalar(.duration), "For how long a partnership does not replicate.",
      documentedDefault: "21d")
  ) { _, off, broken in
    Budgets(verificationOff: off?.value, replicationBroken: broken?.value)
  }
}

extension Form where Value == NewsSettings.QuietHours {
  fileprivate static let quietHours: Form = .object(
    "quiet hours", example: "{ from: \"20:00\", to: \"07:00\" }",
    .required("from", .scalar(.dayTime), "When they begin."),
    .required("to", .scalar(.dayTime), "When they end, on the next day if that is earlier.")
  ) { _, from, to in
    NewsSettings.QuietHours(from: from.value, until: to.value)
  }
}

/// Two checks with one URL: each would end what the other one began.
private func sharedCheck(_ settings: NewsSettings) -> Diagnostic? {
  guard let ping = settings.ping?.url, let exposure = settings.exposure?.url,
    ping.value == exposure.value
  else { return nil }
  return Diagnostic(
    .sharedCheck, at: exposure.span,
    "'exposure' and 'ping' have the same URL, but each needs a check of its own.",
    help: "Make a second check at the service, and refer to its URL here.",
    related: [.init("'ping' has it here.", at: ping.span)])
}

private enum CheckScope: String, CaseIterable, Sendable {
  case all
  case site
}

extension Form where Value == NewsSettings.Check {
  fileprivate static let exposure: Form = .object(
    "a check of exposures", example: "{ url: { env: WALTZ_EXPOSURE_URL } }",
    .required(
      "url", .secret,
      "The check's URL. Asked with /start when verification is switched off at the first site, and as it is when it "
        + "is on again at the last one."),
    .optional(
      "per", .choice("what has a check", of: CheckScope.self),
      "Whether all sites have one check, or each site its own: then {site} in the URL stands for its name.",
      documentedDefault: "all"),
    .optional(
      "worlds", .worlds, "The kinds of worlds whose runs it is called for.",
      documentedDefault: "[real]")
  ) { _, url, scope, worlds in
    NewsSettings.Check(
      url: url, worlds: worlds ?? usualWorlds, isPerSite: scope?.value == .site)
  }

  fileprivate static let ping: Form = .object(
    "a check that expects a call", example: "{ url: { env: WALTZ_PING_URL } }",
    .required(
      "url", .secret,
      "The check's URL. Asked with /start when an executor begins, as it is when all is as it should be, and with "
        + "/fail where it is not."),
    .optional(
      "worlds", .worlds, "The kinds of worlds whose runs it is called for.",
      documentedDefault: "[real]")
  ) { _, url, worlds in
    NewsSettings.Check(url: url, worlds: worlds ?? usualWorlds)
  }
}

extension Form where Value == [NewsSettings.Destination] {
  fileprivate static let destinations: Form = .map(
    .name, to: .destination, "a mapping of destinations by name",
    example: "{ chat: { slack: { env: WALTZ_SLACK_URL } } }"
  ) { name, draft in
    NewsSettings.Destination(
      name: name.value, means: draft.means, classes: draft.classes, worlds: draft.worlds,
      hasDigest: draft.hasDigest)
  }
}

private struct DestinationDraft: Sendable {
  var means: NewsSettings.Means
  var classes: [NewsKind: NewsClass]
  var worlds: Set<String>
  var hasDigest: Bool
}

private enum DigestWord: String, CaseIterable, Sendable {
  case daily
  case off
}

private enum WorldWord: String, CaseIterable, Sendable {
  case real
  case lab
  case simulated
}

/// Whose runs are told of where the settings say nothing.
private let usualWorlds: Set<String> = [WorldWord.real.rawValue]

extension Form where Value == Set<String> {
  fileprivate static let worlds: Form = Form<[Located<WorldWord>]>.list(
    of: .choice("a kind of world", of: WorldWord.self), "a list of kinds of worlds",
    example: "[real, lab]"
  ).map { Set($0.map(\.value.rawValue)) }
}

extension Form where Value == DestinationDraft {
  fileprivate static let destination: Form = .object(
    "a destination", example: "{ slack: { env: WALTZ_SLACK_URL } }", .means,
    .optional(
      "classes", .classes,
      "When each kind of news is told: now, in the digest, or off. What is left out is told as usual."
    ),
    .optional(
      "worlds", .worlds, "The kinds of worlds whose runs it is told of.",
      documentedDefault: "[real]"),
    .optional(
      "digest", .choice("how often the digest is sent", of: DigestWord.self),
      "Whether it gets the digest of the day.", documentedDefault: "daily")
  ) { _, means, classes, worlds, digest in
    DestinationDraft(
      means: means, classes: Dictionary(classes ?? [], uniquingKeysWith: { first, _ in first }),
      worlds: worlds ?? usualWorlds,
      hasDigest: digest?.value != .off)
  }
}

extension Form where Value == [(NewsKind, NewsClass)] {
  fileprivate static let classes: Form = .map(
    .choice("a kind of news", of: NewsKind.self),
    to: .choice("a class", of: NewsClass.self), "a mapping of kinds of news to classes",
    example: "{ wait-passed: now }"
  ) { ($0.value, $1.value) }
}

extension Part where Value == NewsSettings.Means {
  fileprivate static let means: Part = .exactlyOne(
    "the way to the destination",
    of: [
      .init(
        "webhook", .webhook, "A POST of a CloudEvent, signed as Standard Webhooks has it.",
        otherNames: ["http", "url"]
      ) { $0 },
      .init("mail", .mail, "A mail, by the machine's sendmail.", otherNames: ["email", "smtp"]) {
        .mail($0)
      },
      .init("slack", .secret, "The URL of an incoming webhook of Slack.") {
        .slack(url: $0.value)
      },
      .init(
        "teams", .secret, "The URL of a workflow of Teams that posts what it gets into a channel."
      ) { .teams(url: $0.value) },
      .init(
        "command", .arguments,
        "A program and its arguments; it reads the CloudEvent from standard input.",
        otherNames: ["exec", "program"]
      ) { .command($0.map(\.value)) },
    ])
}

extension Form where Value == NewsSettings.Means {
  fileprivate static let webhook: Form = .object(
    "a webhook", example: "{ url: { env: WALTZ_HOOK_URL }, secret: { env: WALTZ_HOOK_SECRET } }",
    .required(
      "url", .secret, "Where to send. Often a secret by itself, so it is a reference to one."),
    .optional(
      "secret", .secret,
      "What the requests are signed with: 'whsec_' and base64, or any text. Without it they are not signed."
    )
  ) { _, url, secret in
    .webhook(url: url.value, secret: secret?.value)
  }
}

extension Form where Value == NewsSettings.Mail {
  fileprivate static let mail: Form = .object(
    "a mail", example: "{ to: [rotations@example.net], from: waltz@bastion.example.net }",
    .required(
      "to", .list(of: .scalar(.mailAddress), "a list of addresses"), "Who gets it."),
    .required("from", .scalar(.mailAddress), "Who it is from."),
    .optional(
      "sendmail", .arguments,
      "The program that takes mails, and its arguments; '-t -i' are added.",
      documentedDefault: "[/usr/sbin/sendmail]")
  ) { _, to, from, program in
    NewsSettings.Mail(
      to: to.map(\.value), from: from.value,
      sendmail: program?.map(\.value) ?? ["/usr/sbin/sendmail"])
  }
}
