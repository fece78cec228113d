import CanonicalJSON
import PlanModel
import PlanText
import RotationEngine

extension CertificateProof.View {
  /// What a program says that it saw: `{"ports":{"8443":"sha256:…","443":null}}`, with a fingerprint for each port, or
  /// null, or the reason why there is none (`docs/COMMANDS.md`, "Looking from elsewhere").
  init(_ viewpoint: String, _ verdict: CommandVerdict) {
    func fail(_ trouble: String) -> Self {
      Self(viewpoint: viewpoint, sights: [], trouble: trouble)
    }
    guard case .succeeded = verdict.answer else {
      self = fail(verdict.trouble)
      return
    }
    guard case .object(let members) = verdict.reported,
      let ports = members.first(where: { $0.name == PortRecord.member })?.value.object
    else {
      self = fail("its program did not print a JSON line with `ports`")
      return
    }
    var sights: [PortSight] = []
    for member in ports {
      guard let port = Int(member.name), (1...65_535).contains(port) else {
        self = fail("its program names a port that is none")
        return
      }
      let text = member.value.string
      let leaf = text.flatMap { Fingerprint($0) }
      sights.append(
        PortSight(port: port, leaf.map { .leaf($0) } ?? .nothing(text ?? "nothing is there")))
    }
    self.init(viewpoint: viewpoint, sights: sights)
  }
}
