import PlanModel
import PlanText
import RotationGraph

extension GuideFill {
  /// What is to be said of a site.
  mutating func add(_ site: Site) {
    set(.site, site.name.value)
    set(.servers, words: quoted(site.servers.map(\.name.value)))
    set(.console, words: site.servers.first.map(console))
    set(.domain, site.api?.domain?.value)
    hold(site.servers.count > 1 ? .severalServers : .oneServer)
    hold(site.api == nil ? .withoutAPI : .hasAPI)
    if guide.graph.plan.method(of: site) == .suspendVerification { hold(.suspends) }
    repeats(
      .server,
      site.servers.map {
        [
          .server: quoted($0.name.value), .address: quoted($0.address.value), .ports: ports(of: $0),
        ]
      })
    addRecord()
  }

  /// What is to be said of one of its servers.
  mutating func add(_ server: Server, of site: Site) {
    set(.server, server.name.value)
    set(.address, server.address.value)
    set(.ports, words: ports(of: server))
    set(.version, server.version?.value.description)
    set(.upgrade, server.upgrade?.value.description)
    let others = site.servers.filter { $0.name != server.name }.map(\.name.value)
    if !others.isEmpty { set(.others, words: quoted(others)) }
    guard let name = server.certificate else { return }
    set(.certificate, name.value)
    let source = guide.graph.plan.certificates.first { $0.name == name }
    if let source { add(source) }
    let fingerprint =
      source?.fingerprint?.value.description ?? guide.record.fingerprints[name.value]
    set(.fingerprint, fingerprint)
    hold(fingerprint == nil ? .isUnpinned : .isPinned)
  }

  private mutating func add(_ source: CertificateSource) {
    switch source.container {
    case .pkcs12: hold(.fromPKCS12)
    case .jks: hold(.fromJKS)
    case .pem: hold(.fromPEM)
    case .der: hold(.fromDER)
    }
    let files = guide.files(of: source)
    set(.file, files.first)
    if files.count > 1 { set(.key, files.last) }
    guard let secret = guide.password(of: source) else { return }
    hold(.hasPassword)
    set(.secret, words: secret)
  }

  /// Where a site's console is.
  func console(_ server: Server) -> String {
    guide.words.console
      .replacing("{port}", with: "\(server.ports.console.value)")
      .replacing("{address}", with: quoted(server.address.value))
  }

  private func ports(of server: Server) -> String {
    guide.words.list(server.ports.all.map { "\($0)" })
  }

  /// Who had which list, and who verified; places of one value stand together, a few a line.
  private mutating func addRecord() {
    guard let settings = guide.record.settings else { return hold(.unrecorded) }
    hold(.recorded)
    let words = guide.words
    repeats(
      .recordedList,
      places(settings) { $0.list.map(quoted) ?? words.unseen }.map {
        [.list: $0.value, .places: $0.places]
      })
    repeats(
      .recordedVerification,
      places(settings) { $0.verifies.map { $0 ? words.on : words.off } ?? words.unseen }.map {
        [.verification: $0.value, .places: $0.places]
      })
  }

  private func places(
    _ settings: [GuideRecord.Setting], by value: (GuideRecord.Setting) -> String
  ) -> [(value: String, places: String)] {
    var order: [String] = []
    var places: [String: [String]] = [:]
    for setting in settings {
      let value = value(setting)
      if places[value] == nil { order.append(value) }
      places[value, default: []].append(quoted("\(setting.group) ▸ \(setting.location)"))
    }
    let perLine = 8
    return order.flatMap { value in
      let all = places[value] ?? []
      return stride(from: 0, to: all.count, by: perLine).map { start in
        (value, all[start..<min(start + perLine, all.count)].joined(separator: ", "))
      }
    }
  }
}
