import CanonicalJSON
import Foundation
import TestSupport
import Testing

@Suite("Files of a run's plan that are outside of its repository")
struct AdmittedFolderTests {
  @Test("Steps find them in the folders that the run was started with")
  func admitted() async throws {
    let desk = try Desk()
    try FileManager.default.createDirectory(
      atPath: desk.folder + "/plans", withIntermediateDirectories: false)
    for name in ["quickstart.yaml", "certs"] {
      try FileManager.default.copyItem(
        atPath: "\(Repository.root)/plans/\(name)", toPath: "\(desk.folder)/plans/\(name)")
    }
    let lab = try await ServedLab(desk, "plans/quickstart.yaml")
    // On real servers, as far as the run knows; its certificates are in the folder of the lab, beside that of the plan.
    let arguments = ["plans/quickstart.yaml", "--overlay", "lab/overlay.yaml"]
    let check = "check-certificate/paris/sepm-par-01"
    let refused = try await desk.onState("run", arguments[0], arguments[1], arguments[2])
    #expect(refused.status == 1 && refused.errors.contains("M044"), "\(refused)")

    // Who names the lab means its folder.
    let named = try await desk.waltz(
      "plan", "validate", arguments[0], "--live", "--lab", "lab", "--format", "json")
    #expect(named.status == 0 && !named.output.contains("M044"), "\(named)")
    let tried = try LiveRun(
      try Desk(), ["run", "\(desk.folder)/\(arguments[0])", "--lab", "\(desk.folder)/lab"])
    let sound = await tried.next("step-succeeded", of: check)
    #expect(sound != nil)
    tried.send(15)
    _ = await tried.status()

    let run = try LiveRun(desk, ["run"] + arguments + ["--allow-outside", "lab"])
    let event = await run.next("step-succeeded", of: check)
    #expect(event?["run"]?.string == "quickstart-1", "\(String(describing: event))")
    run.send(15)
    _ = await run.status()
    #expect(await lab.interrupt() == 0)
  }
}
