import CanonicalJSON
import Drivers
import PlanModel
import RotationEngine
import Testing

@Suite("Who sees which certificate on which port")
struct CertificateProofTests {
  private static func leaf(_ digit: Character) -> Fingerprint {
    guard let leaf = Fingerprint("sha256:" + String(repeating: digit, count: 64)) else {
      preconditionFailure("\(digit) is no digit")
    }
    return leaf
  }

  private let new = leaf("a")
  private let old = leaf("0")
  private let foreign = leaf("f")

  /// Sights of the usual ports: `n`ew, `o`ld, `f`oreign, `-` nothing.
  private func sights(_ marks: String) -> [PortSight] {
    zip(ServerPorts.standard.all, marks).map { port, mark in
      switch mark {
      case "n": PortSight(port: port, .leaf(new))
      case "o": PortSight(port: port, .leaf(old))
      case "f": PortSight(port: port, .leaf(foreign))
      default: PortSight(port: port, .nothing("nothing listens"))
      }
    }
  }

  private func proof(
    _ own: String, before: String? = "oooo", _ views: [CertificateProof.View] = []
  ) -> CertificateProof {
    CertificateProof(
      server: "sepm-par-01", ports: .standard, wanted: new,
      before: before.map { PortRecord(sights($0)) }, own: sights(own), views: views)
  }

  @Test(
    "Every port that answered before must present the new certificate, and the message says what is not so"
  )
  func verdicts() {
    let cases: [(own: String, before: String?, trouble: String?)] = [
      ("nnnn", "oooo", nil), ("nnnn", nil, nil), ("nn-n", "oo-o", nil), ("nn-n", nil, nil),
      ("nnnn", "oo-o", nil), ("nnnn", "nnnn", nil),
      (
        "noon", "oooo",
        "sepm-par-01: 8443 new, 443 old, 8445 old, 8446 new: the web server service (`semwebsrv`) was "
          + "not restarted."
      ),
      (
        "onno", "oooo",
        "sepm-par-01: 8443 old, 443 new, 8445 new, 8446 old: the manager service (`semsrv`) and the "
          + "API service (`semapisrv`) were not restarted."
      ),
      (
        "oooo", "oooo",
        "sepm-par-01: 8443 old, 443 old, 8445 old, 8446 old: the certificate was not updated, or no "
          + "service was restarted."
      ),
      (
        "n-nn", "oooo",
        "sepm-par-01: 8443 new, 443 nothing (nothing listens), 8445 new, 8446 new: the web server "
          + "service (`semwebsrv`) is not up."
      ),
      (
        "nfnn", "oooo",
        "sepm-par-01: 8443 new, 443 another certificate (sha256:ffffffffff…), 8445 new, 8446 new: "
          + "something else listens there, or another certificate was installed."
      ),
      (
        "nonn", nil,
        "sepm-par-01: 8443 new, 443 another certificate (sha256:0000000000…), 8445 new, 8446 new: "
          + "the web server service (`semwebsrv`) was not restarted, or something else listens there."
      ),
      (
        "ffff", "oooo",
        "sepm-par-01: 8443 another certificate (sha256:ffffffffff…), 443 another certificate "
          + "(sha256:ffffffffff…), 8445 another certificate (sha256:ffffffffff…), 8446 another "
          + "certificate (sha256:ffffffffff…): nothing presents certificate sha256:aaaaaaaaaa…."
      ),
      (
        "----", "oooo",
        "No port of sepm-par-01 answers: 8443 nothing listens, 443 nothing listens, 8445 nothing "
          + "listens, 8446 nothing listens."
      ),
    ]
    for (own, before, trouble) in cases {
      let proof = proof(own, before: before)
      #expect(proof.troubles == [trouble].compactMap(\.self), "\(own) \(before ?? "")")
      switch proof.answer() {
      case .succeeded(let evidence):
        #expect(trouble == nil)
        #expect(evidence["leaf"]?.string == new.description)
      case .failed(let failure):
        #expect(trouble != nil && failure.isRetryable && failure.help != nil)
        #expect(PortRecord(failure.evidence.members)?.sights.map(\.leaf) == sights(own).map(\.leaf))
      case .needsOperator: Issue.record("nobody is needed")
      }
    }
  }

  @Test("Others look with their own eyes: whoever sees something else, or nothing, is named")
  func views() {
    func view(_ marks: String, trouble: String? = nil) -> CertificateProof.View {
      .init(viewpoint: "berlin", sights: sights(marks), trouble: trouble)
    }
    let cases: [(CertificateProof.View, String?)] = [
      (view("nnnn"), nil), (view("n---"), nil),
      (
        view("nonn"),
        "From `berlin` sepm-par-01 shows 443 old: something between the two answers for it, or its "
          + "name leads to another address there."
      ),
      (
        view("nfnn"),
        "From `berlin` sepm-par-01 shows 443 another certificate (sha256:ffffffffff…): something "
          + "between the two answers for it, or its name leads to another address there."
      ),
      (view("----"), "From `berlin` no port of sepm-par-01 answers."),
      (
        view("", trouble: "`ssh` ended with exit status 255"),
        "`berlin` could not look at sepm-par-01: `ssh` ended with exit status 255."
      ),
    ]
    for (view, trouble) in cases {
      let proof = proof("nnnn", [view])
      #expect(proof.troubles == [trouble].compactMap(\.self))
      #expect(JSONValue.object(proof.evidence)["seenFrom"]?["berlin"] != nil)
    }
    #expect(proof("oooo", [view("oooo"), view("nnnn")]).troubles.count == 2)
  }

  @Test(
    "A record comes back from the evidence that it was put into, and nothing else passes for one")
  func records() {
    let record = PortRecord(sights("no-f"))
    let read = PortRecord([.init("version", .string("14.3")), record.evidence])
    #expect(read?.sights.map(\.port) == [8443, 443, 8445, 8446])
    #expect(read?.sights.map(\.leaf) == [new, old, nil, foreign])
    #expect(PortRecord([]) == nil)
    #expect(PortRecord([.init("ports", .integer(4))]) == nil)
    #expect(PortRecord([.init("ports", .object([.init("http", .null)]))]) == nil)
    #expect(PortRecord([.init("ports", .object([.init("70000", .null)]))]) == nil)
  }
}
