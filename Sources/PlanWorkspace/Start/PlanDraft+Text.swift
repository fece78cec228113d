import CertificateSources
import Drivers
import PlanLayout
import PlanModel
import PlanText

extension PlanDraft {
  /// The plan as a file: laid out, and with a comment at everything that nobody could know.
  ///
  /// - Parameters:
  ///   - path: The file that it is written to, as a shell takes it.
  ///   - time: When the sites were asked, in seconds since 1970 in UTC.
  /// - Returns: The file's bytes.
  package func text(for path: String, at time: Int64) -> [UInt8] {
    var text = CommentedLines()
    let year = String(UTCText.day(time).prefix(4))
    writeHead(path, time, year, to: &text)
    writeCertificates(year, to: &text)
    writeSites(year, time, to: &text)
    writePartnerships(to: &text)
    writeMethod(to: &text)
    writeWaits(to: &text)
    let bytes = Array((text.lines.joined(separator: "\n") + "\n").utf8)
    var sources = SourceMap()
    let source = SourceText(name: path, bytes: bytes)
    // Nothing but a defect in here keeps it from being laid out, and then it is better than nothing as it is.
    guard case .text(let laidOut) = canonicalLayout(of: source, id: sources.add(source)) else {
      return bytes
    }
    return laidOut
  }

  private func writeHead(
    _ path: String, _ time: Int64, _ year: String, to text: inout CommentedLines
  ) {
    text.add("# yaml-language-server: $schema=rotation-plan.schema.json")
    text.add("#")
    text.comment(
      "A rotation plan for Waltz, made of what SEPM said on \(UTCText.day(time)). Nothing was changed there."
    )
    text.comment(
      "Look for FILL IN and DECIDE: that is what SEPM does not tell. Compare the rest with what you know. Then:"
    )
    text.add("#")
    text.add(
      "#   waltz plan schema > rotation-plan.schema.json   # beside this file: completion in your editor"
    )
    for line in ["plan validate \(path)", "plan validate \(path) --live", "rehearse \(path)"] {
      text.add("#   waltz \(line)")
    }
    text.add("apiVersion: waltz/v1")
    text.add("kind: RotationPlan")
    text.add("metadata:")
    let name = documentName(path, year)
    text.add("  name: \(CommentedLines.scalar(name))  # names the runs")
    let asked = sites.filter { $0.found != nil }.map(\.name)
    let listed = asked.count > 3 ? "\(asked.count) sites" : asked.joined(separator: ", ")
    text.add("  description: \(CommentedLines.scalar("New certificates for \(listed)."))")
    text.add("")
  }

  /// The file's name as the name of the document, so that runs are called as the user calls the rotation; where it says
  /// nothing, the first site's.
  private func documentName(_ path: String, _ year: String) -> String {
    let file = path.split(separator: "/").last ?? ""
    let stem = file.split(separator: ".").first ?? ""
    if stem != "rotation", stem.utf8.first?.isLetterOrDigit == true, stem.utf8.count <= 50,
      stem.lowercased() == stem, stem.utf8.allSatisfy({ $0.isLetterOrDigit || $0 == "-" })
    {
      return String(stem)
    }
    let letters = (sites.first?.name ?? "").lowercased().utf8.map { byte in
      byte.isLetterOrDigit ? byte : UInt8(ascii: "-")
    }
    return String(decoding: letters.prefix(50), as: UTF8.self) + "-\(year)"
  }

  private func writeCertificates(_ year: String, to text: inout CommentedLines) {
    text.comment(
      "FILL IN: the new certificates, one for each site unless you have one for each server. pkcs12, jks, pem or der; "
        + "paths are relative to this file. Put the files there before you validate, or leave them out of a check with "
        + "--no-files. A password is a reference (env, file or command), never the password itself."
    )
    text.add("certificates:")
    for site in sites where site.found != nil {
      text.add("  \(CommentedLines.scalar("\(site.name)-\(year)")):")
      text.add("    pkcs12: \(CommentedLines.scalar("certs/\(site.name)-\(year).p12"))")
      text.add("    password: { env: \(variable(site.name))_CERTIFICATE_PASSWORD }")
    }
    text.add("")
  }

  /// A name as a part of a variable's.
  private func variable(_ name: String) -> String {
    let word = String(
      decoding: name.uppercased().utf8.map { $0.isLetterOrDigit ? $0 : UInt8(ascii: "_") },
      as: UTF8.self)
    return word.utf8.first?.isDigit == true ? "SITE_\(word)" : word
  }

  private func writePartnerships(to text: inout CommentedLines) {
    guard !partnerships.isEmpty else { return }
    text.comment(
      "Replication as SEPM lists it: it is broken before anything changes and restored in the end. With 'delete' the "
        + "partner is removed on both sides and added again; a schedule can be moved by less than seven days."
    )
    text.comment(
      "DECIDE: 'authority' is the site whose data wins then. What the other site changed meanwhile is lost."
    )
    text.add("replication:")
    for (one, other) in partnerships {
      let (one, other) = (sites[one].name, sites[other].name)
      text.add(
        "  - sites: [\(CommentedLines.scalar(one)), \(CommentedLines.scalar(other))]")
      text.add("    break: delete")
      text.add("    authority: \(CommentedLines.scalar(one))")
    }
    text.add("")
  }

  /// What speaks for and against leaving verification on. Without a section the method is `suspend-verification`.
  private func writeMethod(to text: inout CommentedLines) {
    let asked = sites.filter { $0.found != nil }
    let single = asked.filter { $0.servers.count < 2 }.map(\.name)
    let old = asked.compactMap { site in
      site.found?.inventory.clientsOfVersion142.flatMap { $0 > 0 ? (site.name, $0) : nil }
    }
    text.comment(
      "How clients learn of the new certificate: they stop verifying the server for a while.")
    if let (name, count) = old.first {
      text.comment(
        "The other method, failover, is not for clients of version 14.2 and 14.2.1: SEPM counts \(count.grouped) at "
          + "\(name).")
    } else if !single.isEmpty {
      text.comment(
        "The other method, failover, needs two servers: \(single.joined(separator: ", ")) has one.")
    } else {
      text.comment(
        "DECIDE: every site has two servers, so failover is possible as well: verification stays on, and one server is "
          + "changed at a time. It needs a certificate for each server, and longer waits.")
    }
    text.add("strategy:")
    text.add("  method: suspend-verification")
    text.add("")
  }

  private func writeWaits(to text: inout CommentedLines) {
    text.comment(
      "When a wait passes. A client that still verifies the old certificate when it changes is lost for good, so give the "
        + "first wait a week: laptops come back from leave.")
    text.add("waits:")
    text.add("  default:")
    let smallest = sites.compactMap { site in
      site.found?.inventory.clients.flatMap { $0 > 0 ? (site.name, $0) : nil }
    }.min { $0.1 < $1.1 }
    let shares = [95, 90, 80, 100].map { Share($0, of: 100) }
    let share = shares.first { share in
      smallest.map { share.isReached(by: $0.1 - 1, of: $0.1) } ?? true
    }
    if let (name, count) = smallest, share != shares[0] {
      text.comment(
        "DECIDE: \(name) has \(count.grouped) client\(count == 1 ? "" : "s"), of which 95% would be all.",
        indent: 4)
    }
    text.add(
      "    adopted: \(share ?? shares[3])  # of the clients seen in the last \(SiteInventory.activeDays) days"
    )
    text.add("    minimum: 24h")
    text.add("    deadline: 14d")
    text.add("    onDeadline: hold  # hold | fail | proceed (proceed needs a floor)")
    text.add("  verification-disabled: { minimum: 7d }")
  }
}
