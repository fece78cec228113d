import CanonicalJSON
import Estate
import PlanModel
import PlanText
import RotationGraph

/// The overlay that points a plan at a lab: addresses, log-ons, certificates, and who does what only a console can.
struct LabOverlay {
  let graph: StepGraph
  let description: LabDescription
  let certificates: LabCertificates
  let estate: SimulatedEstate
  let folder: LabFolder
  let planFolder: String
  let program: [String]
  let console: ServedEstate.Console

  /// The document.
  var text: [UInt8] {
    var lines = [
      "# Written by `waltz lab up`: points the plan at the lab. It is written anew whenever the lab starts.",
      "apiVersion: waltz/v1", "kind: RotationPlanOverlay",
    ]
    lines += certificateLines + siteLines + automationLines
    return Array((lines.joined(separator: "\n") + "\n").utf8)
  }

  private var certificateLines: [String] {
    let sources = graph.plan.certificates.compactMap { source in
      number(ofCertificate: source.name.value).map { (source, certificates.entries[$0]) }
    }
    guard !sources.isEmpty else { return [] }
    return ["certificates:"]
      + sources.flatMap { source, entry in
        var lines = ["  \(quoted(source.name.value)):"]
        for other in source.container.otherThanPEM { lines.append("    \(other): null") }
        if source.password != nil { lines.append("    password: null") }
        lines.append("    pem:")
        lines.append("      certificate: \(quoted(path(of: entry.certificateFile)))")
        lines.append("      key: \(quoted(path(of: entry.keyFile)))")
        lines.append("    fingerprint: \(entry.fingerprint)")
        return lines
      }
  }

  private var siteLines: [String] {
    ["sites:"]
      + description.sites.enumerated().flatMap { index, site in
        let first = estate.sites[index].servers.first.map { Int($0.oldCertificate) }
        var lines = ["  \(quoted(site.name)):"]
        if let first {
          lines.append("    api:")
          lines.append("      url: \(site.api)")
          lines.append("      username: \(quoted(site.username))")
          lines.append("      password:")
          for other in passwordKinds(of: graph.plan.sites[index]) where other != "file" {
            lines.append("        \(other): null")
          }
          lines.append("        file: \(quoted(relative(site.passwordFile)))")
          if graph.plan.sites[index].api?.domain != nil { lines.append("      domain: null") }
          lines.append("      trust:")
          if case .certificateAuthority = graph.plan.sites[index].api?.trust.value {
            lines.append("        ca: null")
          }
          lines.append("        fingerprint: \(certificates.entries[first].fingerprint)")
        }
        let rules = ruleLines(graph.plan.sites[index].automation, isOfPlan: false)
        if !rules.isEmpty { lines += ["    automation:"] + rules.map { "    " + $0 } }
        lines.append("    servers:")
        for server in site.servers {
          lines.append("      \(quoted(server.name)):")
          lines.append(
            "        address: \(server.address)  # waltz:ignore M081 a lab is on this machine")
          lines.append("        ports:")
          for port in server.ports { lines.append("          \(port.name): \(port.port)") }
        }
        return lines
      }
  }

  private var automationLines: [String] {
    let rules = ruleLines(graph.plan.automation, isOfPlan: true)
    return rules.isEmpty ? [] : ["automation:"] + rules
  }

  /// Who does what in the lab. A program that the plan names acts on real servers, so none is left; what the API can do it
  /// does, and the rest the lab's own program, or people where the plan says so and they are wanted.
  private func ruleLines(_ rules: [AutomationRule], isOfPlan: Bool) -> [String] {
    Action.allCases.flatMap { action -> [String] in
      let rule = rules.first { $0.action.value == action }?.channel.value
      let isWanted =
        switch rule {
        case .command: true
        case .operator: console == .programs
        case nil: console == .programs && isOfPlan
        case .api, .probe: false
        }
      if isWanted, let lines = programLines(action) { return lines }
      return switch rule {
      case .command, .probe: ["  \(action.rawValue): null"]
      case .api, .operator, nil: []
      }
    }
  }

  /// The rule by which the lab's program does an action; nil where the API does it, and where nobody has to.
  private func programLines(_ action: Action) -> [String]? {
    guard !action.hasEndpoint,
      graph.steps.contains(where: { step in
        (step.action == action || step.reversal == action)
          && OperatorAction(action, on: graph.name(of: step.target)).operations(in: estate) != nil
      })
    else { return nil }
    let target =
      switch action.targetKind {
      case .site: "{site.name}"
      case .server: "{site.name}/{server.name}"
      case .partnership: "{partnership.name}"
      }
    let act = program + ["lab", "act", "--control", description.control]
    return [
      "  \(action.rawValue):  # waltz:ignore M067 the lab has a command line",
      "    command: \(list(act + [action.rawValue, target]))",
      "    check: \(list(act + ["--check", "--since", "{step.startedAt}", action.rawValue, target]))",
      "    timeout: 15m",
    ]
  }

  private func number(ofCertificate name: String) -> Int? {
    for (site, own) in graph.plan.sites.enumerated() {
      for (server, state) in own.servers.enumerated() where state.certificate?.value == name {
        return estate.sites[site].servers[server].newCertificate.map { Int($0) }
      }
    }
    return nil
  }

  private func passwordKinds(of site: Site) -> [String] {
    switch site.api?.password.value {
    case .environment: ["env"]
    case .file: ["file"]
    case .command: ["command"]
    case nil: []
    }
  }

  /// A file of the folder as the plan names it: relative where the folder is within the plan's.
  private func path(of name: String) -> String { relative(folder.path(of: name)) }

  private func relative(_ path: String) -> String {
    let root = planFolder.hasSuffix("/") ? planFolder : planFolder + "/"
    return path.hasPrefix(root) ? String(path.dropFirst(root.count)) : path
  }

  private func list(_ words: [String]) -> String {
    "[" + words.map(quoted).joined(separator: ", ") + "]"
  }

  /// A scalar of YAML in double quotes, which are those of JSON.
  private func quoted(_ text: String) -> String {
    var writer = JSONWriter()
    writer.string(text)
    return String(decoding: writer.bytes, as: UTF8.self)
  }
}

extension CertificateSource.Container {
  /// The key of the plan language that has to go where a certificate comes from PEM files.
  fileprivate var otherThanPEM: [String] {
    switch self {
    case .pkcs12: ["pkcs12"]
    case .jks: ["jks"]
    case .der: ["der"]
    case .pem: []
    }
  }
}
