import CanonicalJSON
import PlanModel
import PlanText

/// Reads the plan of a sealed graph; the names are those that `JSONWriter+Plan.swift` writes.
enum PlanReader {
  static func plan(_ json: JSONValue) throws(SealedGraphError) -> RotationPlan {
    RotationPlan(
      name: Located(try json.text("name")),
      description: try json.optionalText("description"),
      labels: try json.list("labels").each { (label) throws(SealedGraphError) in
        RotationPlan.Label(
          key: Located(try label.text("key")), value: Located(try label.text("value")))
      },
      certificates: try json.list("certificates").each(certificate),
      sites: try json.list("sites").each(site),
      partnerships: try json.list("partnerships").each(partnership),
      strategy: try strategy(try json.member("strategy")),
      waits: try waits(try json.member("waits")),
      calendar: try json["calendar"].map(calendar),
      automation: try json.list("automation").each(automationRule))
  }

  private static func certificate(_ json: JSONValue) throws(SealedGraphError) -> CertificateSource {
    let container: CertificateSource.Container
    if let path = json["pkcs12"]?.string {
      container = .pkcs12(Located(path))
    } else if let path = json["jks"]?.string {
      container = .jks(Located(path))
    } else if let files = json["pem"] {
      container = .pem(
        certificate: Located(try files.text("certificate")), key: Located(try files.text("key")))
    } else if let files = json["der"] {
      container = .der(
        certificate: Located(try files.text("certificate")), key: Located(try files.text("key")))
    } else {
      throw .damaged("a certificate has no file")
    }
    return CertificateSource(
      name: Located(try json.text("name")),
      container: container,
      password: try json.optional("password").located(secret),
      fingerprint: try json.optionalText("fingerprint").located(fingerprint))
  }

  private static func secret(_ json: JSONValue) throws(SealedGraphError) -> SecretReference {
    if let name = json["env"]?.string { return .environment(name) }
    if let path = json["file"]?.string { return .file(path) }
    return .command(try json.texts("command"))
  }

  private static func fingerprint(_ text: String) throws(SealedGraphError) -> Fingerprint {
    guard let fingerprint = Fingerprint(text) else {
      throw .damaged("\"\(text)\" is not a fingerprint")
    }
    return fingerprint
  }

  private static func site(_ json: JSONValue) throws(SealedGraphError) -> Site {
    Site(
      name: Located(try json.text("name")),
      clients: try json.optionalNumber("clients", upTo: 100_000_000).map { Located($0) },
      database: try json.optionalWord("database", as: Database.self).map { Located($0) },
      api: try json.optional("api").located(api)?.value,
      servers: try json.list("servers").each(server),
      method: try json.optionalWord("method", as: Method.self).map { Located($0) },
      automation: try json.list("automation").each(automationRule),
      recorded: try json["recorded"].map(recorded) ?? RecordedSettings())
  }

  private static func recorded(_ json: JSONValue) throws(SealedGraphError) -> RecordedSettings {
    RecordedSettings(
      verification: try json.optionalWord(
        "verification", as: RecordedSettings.Verification.self
      ).map { Located($0) },
      serverLists: try json.optionalWord(
        "serverLists", as: RecordedSettings.ServerLists.self
      ).map { Located($0) })
  }

  private static func api(_ json: JSONValue) throws(SealedGraphError) -> SiteAPI {
    let trust = try json.member("trust")
    let value: SiteAPI.Trust
    if let text = trust["fingerprint"]?.string {
      value = .fingerprint(try fingerprint(text))
    } else if let path = trust["ca"]?.string {
      value = .certificateAuthority(path)
    } else if trust["system"]?.bool == true {
      value = .system
    } else {
      throw .damaged("an API has no \"trust\"")
    }
    return SiteAPI(
      url: Located(try json.text("url")),
      username: Located(try json.text("username")),
      password: Located(try secret(try json.member("password"))),
      domain: try json.optionalText("domain").map { Located($0) },
      trust: Located(value))
  }

  private static func server(_ json: JSONValue) throws(SealedGraphError) -> Server {
    Server(
      name: Located(try json.text("name")),
      address: Located(try json.text("address")),
      certificate: try json.optionalText("certificate").map { Located($0) },
      version: try json.optionalText("version").located(version),
      upgrade: try json.optionalText("upgrade").located(version),
      ports: try json["ports"].map(ports) ?? .standard)
  }

  private static func ports(_ json: JSONValue) throws(SealedGraphError) -> ServerPorts {
    func port(_ name: String) throws(SealedGraphError) -> Located<Int> {
      Located(try json.number(name, upTo: 65_535))
    }
    return ServerPorts(
      console: try port("console"), clients: try port("clients"),
      reporting: try port("reporting"), api: try port("api"))
  }

  private static func version(_ text: String) throws(SealedGraphError) -> ProductVersion {
    guard let version = ProductVersion(text) else { throw .damaged("\"\(text)\" is not a version") }
    return version
  }

  private static func partnership(_ json: JSONValue) throws(SealedGraphError) -> Partnership {
    Partnership(
      sites: try json.texts("sites").map { Located($0) },
      breaking: Located(try breaking(json)),
      authority: try json.optionalText("authority").map { Located($0) })
  }

  /// Graphs of 0.1 call it `suspend`.
  private static func breaking(_ json: JSONValue) throws(SealedGraphError) -> Partnership.Break {
    if json["break"]?.string == "suspend" { return .reschedule }
    return try json.word("break", as: Partnership.Break.self)
  }

  private static func strategy(_ json: JSONValue) throws(SealedGraphError) -> Strategy {
    var waves: [[Located<String>]]?
    if try json.optional("waves") != nil {
      waves = try json.list("waves").each { (wave) throws(SealedGraphError) in
        guard let names = wave.array else { throw .damaged("a wave is not a list") }
        return try names.texts(in: "waves").map { Located($0) }
      }
    }
    return Strategy(
      method: Located(try json.word("method", as: Method.self)),
      waves: waves,
      serversAtOnce: Located(try json.number("serversAtOnce", upTo: 10_000)))
  }

  private static func waits(_ json: JSONValue) throws(SealedGraphError) -> Waits {
    var waits = Waits()
    for kind in WaitKind.allCases {
      waits[kind] = try waitPolicy(try json.member(kind.rawValue))
    }
    return waits
  }

  private static func calendar(_ json: JSONValue) throws(SealedGraphError) -> PlanCalendar {
    PlanCalendar(
      timeZone: Located(
        PlanTimeZone(
          name: try json.text("timeZone"), minutes: try minutes(json),
          changes: try json.list("offsetChanges").each { (change) throws(SealedGraphError) in
            guard let second = try change.member("second").integer, abs(second / 2) < 1 << 40 else {
              throw .damaged("\"second\" is no time")
            }
            return PlanTimeZone.Change(second: second, minutes: try minutes(change))
          })),
      absences: try json.list("absences").each { (absence) throws(SealedGraphError) in
        PlanCalendar.Absence(
          from: try date(absence, "from"), to: try date(absence, "to"),
          share: try share(absence, "shareMillionths"))
      })
  }

  /// No clock is a day ahead or behind.
  private static func minutes(_ json: JSONValue) throws(SealedGraphError) -> Int {
    guard let minutes = try json.member("offsetMinutes").integer, abs(minutes / 2) < 12 * 60 else {
      throw .damaged("\"offsetMinutes\" is no offset from UTC")
    }
    return Int(minutes)
  }

  private static func date(
    _ json: JSONValue, _ name: String
  ) throws(SealedGraphError) -> Located<CivilDate> {
    guard let date = CivilDate(try json.text(name)) else {
      throw .damaged("\"\(name)\" is no date")
    }
    return Located(date)
  }

  private static func waitPolicy(_ json: JSONValue) throws(SealedGraphError) -> WaitPolicy {
    WaitPolicy(
      adopted: try share(json, "adoptedMillionths"),
      minimum: try duration(json, "minimumMilliseconds"),
      deadline: try duration(json, "deadlineMilliseconds"),
      onDeadline: Located(try json.word("onDeadline", as: WaitPolicy.OnDeadline.self)),
      floor: try json.optionalNumber("floorMillionths", upTo: all).map {
        Located(Share(millionths: $0))
      },
      every: try duration(json, "everyMilliseconds"),
      holdFor: try duration(json, "holdForMilliseconds"),
      activeWithin: try duration(json, "activeWithinMilliseconds"),
      cohorts: try json.list("cohorts").each { (cohort) throws(SealedGraphError) in
        WaitPolicy.Cohort(
          name: Located(try cohort.text("name")),
          selector: try selector(cohort),
          adopted: try share(cohort, "adoptedMillionths"))
      },
      exclusions: try json.list("exclusions").each { (exclusion) throws(SealedGraphError) in
        WaitPolicy.Exclusion(
          selector: try selector(exclusion), reason: Located(try exclusion.text("reason")))
      },
      overrideReason: try json.optionalText("overrideReason").map { Located($0) })
  }

  /// The millionths of a whole.
  private static let all = 1_000_000

  /// The longest duration that a plan may give, in milliseconds.
  private static let hundredYears = 3_153_600_000_000

  private static func share(_ json: JSONValue, _ name: String) throws(SealedGraphError)
    -> Located<Share>
  {
    Located(Share(millionths: try json.number(name, upTo: all)))
  }

  private static func duration(_ json: JSONValue, _ name: String) throws(SealedGraphError)
    -> Located<Duration>
  {
    Located(.milliseconds(try json.number(name, upTo: hundredYears)))
  }

  private static func selector(_ json: JSONValue) throws(SealedGraphError) -> ClientSelector {
    ClientSelector(
      group: try json.optionalText("group").map { Located($0) },
      osFunction: try json.optionalWord("osFunction", as: OSFunction.self).map { Located($0) })
  }

  private static func viewpoint(_ json: JSONValue) throws(SealedGraphError) -> Viewpoint {
    Viewpoint(
      name: Located(try json.text("name")),
      arguments: try json.texts("arguments").map { Located($0) },
      timeout: try duration(json, "timeoutMilliseconds"))
  }

  private static func automationRule(_ json: JSONValue) throws(SealedGraphError) -> AutomationRule {
    let channel: AutomationRule.Channel
    switch try json.word("channel", as: Channel.self) {
    case .api: channel = .api
    case .operator: channel = .operator
    case .command:
      channel = .command(
        CommandTemplate(
          arguments: try json.texts("arguments").map { Located($0) },
          check: try json.optional("check") == nil
            ? nil : try json.texts("check").map { Located($0) },
          timeout: try duration(json, "timeoutMilliseconds")))
    case .probe: channel = .probe(try json.list("viewpoints").each(viewpoint))
    }
    return AutomationRule(
      action: Located(try json.word("action", as: Action.self)), channel: Located(channel))
  }
}

extension Optional {
  /// The value read, without a place; nil for nil.
  fileprivate func located<Value>(
    _ read: (Wrapped) throws(SealedGraphError) -> Value
  ) throws(SealedGraphError) -> Located<Value>? {
    guard let self else { return nil }
    return Located(try read(self))
  }
}
