import CanonicalJSON
import Drivers
import Lab
import PlanModel
import PlanWorkspace
import RotationEngine
import Runs
import SEPMClient
import WorkingTree

extension Environment {
  /// What drivers of real servers get of this process, for a plan that was read from this path and may lead to the admitted
  /// folders. `pace` makes the pace of requests to one server, `time` is the clock of the run, in UTC milliseconds since 1970.
  static func realServers(
    planPath: String, admitting admitted: [String] = [],
    pace: @escaping @Sendable () -> RequestPace = { RequestPace() },
    time: @escaping @Sendable () -> Int64 = { Environment.now().milliseconds }
  ) throws(RunError) -> RealSurroundings {
    let folder: PlanFolder
    do throws(WorkspaceError) {
      folder = try PlanFolder(ofPlan: planPath, in: workingFolder(admitting: admitted))
    } catch {
      throw RunError(
        .noWorld,
        "\(error.message) The run's plan was read from there, and its certificates and secrets are looked for "
          + "beside it. Put the folder back.")
    }
    let variables = Environment.variables
    return RealSurroundings(
      variables: variables, folder: folder.place.text,
      readFile: { path throws(FileTrouble) in try folder.read(path).bytes },
      examine: { graph, position, known in
        let examination = await CertificateExamination(
          of: position, in: graph, from: folder, variables: variables, known: known,
          start: time() / 1_000)
        guard let fingerprint = examination.fingerprint, examination.problems.isEmpty else {
          return .unusable(examination.problems)
        }
        return .usable(fingerprint)
      },
      localTime: time, pace: pace)
  }
}

extension Environment {
  /// What runs in labs need of this process: the lab's own time, and requests at the pace of that time.
  static let labTools = RunDesk.LabTools(
    time: labTime,
    surroundings: { path, admitted, speed, time throws(RunError) in
      try realServers(
        planPath: path, admitting: admitted, pace: { labPace(speed) }, time: time)
    },
    uptime: uptime)

  /// The pace of requests to one server of a lab whose time passes so fast.
  static func labPace(_ speed: Int) -> RequestPace {
    RequestPace(perMinute: 25 * max(speed, 1), burst: 20)
  }

  /// Asks the lab in a folder for its time.
  static func labTime(of folder: String) async throws(RunError) -> LabTime {
    let reply: ControlReply
    do {
      reply = try await ControlClient(socketAt: folder + "/control").ask(
        .time(speed: nil, advanceMilliseconds: nil))
    } catch {
      throw RunError(
        .noWorld,
        "The lab in \(folder) does not answer: \(error) Start it again with `waltz lab up`.")
    }
    guard let time = LabTime(reply.result) else {
      throw RunError(.noWorld, "What the lab in \(folder) says of its time makes no sense.")
    }
    return time
  }
}
