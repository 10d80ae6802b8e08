/** Simplified Chinese: what the doctor finds about Redis, clocks and Alibaba Cloud. */
import type { ClockOwner, ServerFinding } from '../../domain/doctor/findings.ts';
import type { FindingText, FindingWords } from '../doctor.ts';
import { failures } from './failures.ts';

const MINUTE = 60_000;

export const serverFindings: FindingWords<ServerFinding> = {
  'redis-ready': (found) => ({ what: `Redis 响应正常：版本 ${found.version}` }),
  'redis-unreachable': (found) => ({
    what: `Redis 不可用（${found.error}）。`,
    why: '申请和审批都保存在 Redis 中，没有它机器人无法接受任何操作。',
    mend: '确认 Redis 正在运行，并检查 REDIS_URL 中的主机、端口、用户名和密码。',
  }),
  'redis-old': (found) => ({
    what: `Redis 版本为 ${found.version}，机器人需要 ${found.wanted} 或更高版本。`,
    why: '旧版本缺少队列要用的命令。',
    mend: '升级 Redis。',
  }),
  'redis-replica': () => ({
    what: '这个 Redis 是副本节点。',
    why: '副本不接受写入，因此无法申请和审批。',
    mend: '把 REDIS_URL 指向主节点，或使用哨兵（redis+sentinel://…）。',
  }),
  'redis-evicts': (found) => ({
    what: `内存不足时，Redis 可能丢弃数据（maxmemory-policy 为 ${found.policy}）。`,
    why: '审批或创建记录可能丢失，导致重复创建。',
    mend: '把 maxmemory-policy 设为 noeviction。',
  }),
  'redis-forgets': (found) => ({
    what: `Redis 没有把写入保存到磁盘${found.snapshots ? '，只是偶尔生成快照' : ''}（appendonly 为 no）。`,
    why: '重启之后，已经给出的审批会丢失。',
    mend: '把 appendonly 设为 yes，把 appendfsync 设为 always。',
  }),
  'redis-syncs-late': (found) => ({
    what: `Redis 没有在每次写入后同步磁盘（appendfsync 为 ${found.appendfsync}）。`,
    why: '机器断电时，最后一刻的数据会丢失，其中可能有审批。',
    mend: '把 appendfsync 设为 always，每次点击的开销不到一毫秒。',
  }),
  'redis-no-replica': () => ({
    what: '这个 Redis 由哨兵管理，但没有副本连接到它。',
    why: '有哨兵时，没有副本收到的写入不算数，因为主备切换会丢失它：目前无法申请和审批。',
    mend: '启动两个副本，或检查副本为何没有连接。',
  }),
  'redis-one-replica': () => ({
    what: 'Redis 只有一个副本。',
    why: '没有副本收到的写入不算数：这个副本离线时，或它接替主节点之后，无法申请和审批。',
    mend: '再添加一个副本。',
  }),
  'redis-setting-unknown': (found) => ({
    what: `无法读取 Redis 的 ${found.setting} 设置。`,
    why: '托管服务通常禁用 CONFIG 命令。机器人需要 appendonly yes、appendfsync always、maxmemory-policy noeviction。',
    mend: '在托管服务的控制台中查看。',
  }),
  'data-folder-unusable': (found) => ({
    what: `内置的 Redis 无法把数据存到 ${found.dir}（${found.error}）。`,
    why: '没有存放数据的位置，机器人不会启动。',
    mend: '让该目录可写，或用 DATA_DIR 指定其他目录，或用 REDIS_URL 指定自己的 Redis。',
  }),
  'clocks-agree': (found) => ({ what: `对比了 ${found.count} 个时钟，与机器人的时钟相差均在一分钟以内` }),
  'clock-off': (found) => clockOff(found.whose, found.ms),
  'account-ready': (found) => ({ what: `账号 ${found.account}：凭证可用，找到 ${found.instances} 个实例` }),
  'credentials-absent': (found) => ({
    what: `账号 ${found.account}：没有找到凭证（${found.error}）。`,
    why: '无法在该账号下检查或创建。',
    mend: '设置 ALIBABA_CLOUD_* 环境变量，或在配置文件中更正该账号的 credentials。',
  }),
  'permission-missing': (found) => ({
    what: `账号 ${found.account}：RAM 不允许 ${found.action}。`,
    why: '该账号的申请会在需要此权限的步骤停住。',
    mend: `在机器人身份的 RAM 权限策略中加入 ${found.action}；全部操作和资源见 README。`,
  }),
  'permission-unknown': (found) => ({
    what: `账号 ${found.account}：以下操作没有尝试：${found.actions.join('、')}。创建和接受连接会产生影响，其余操作需要已有的实例或终端节点服务才能尝试。`,
    why: '缺少权限时，会在第一个申请的预检中暴露。',
    mend: '对照 README 检查 RAM 权限策略。',
  }),
  'cloud-refuses': (found) => ({
    what: `账号 ${found.account}：${found.action} 调用失败，${failures.brief(found.reason)}（${found.code}）。`,
    why: '该账号的申请会等待或失败。',
    mend: '检查配置文件中该账号的地域、接入地址和凭证，并确认本机可以访问阿里云。',
  }),
};

function clockOff(whose: ClockOwner, ms: number): FindingText {
  const by = `${ms < 0 ? '慢' : '快'} ${Math.round(Math.abs(ms) / MINUTE)} 分钟`;
  switch (whose.kind) {
    case 'this-machine':
      return {
        what: `本机的时钟比 Redis 的${by}。`,
        why: '机器人以 Redis 的时钟为准，两者必有一个不准，日志也无法对照。',
        mend: '让两台机器都用 NTP 校时。',
      };
    case 'slack':
      return {
        what: `Slack 的时钟比机器人的${by}。`,
        why: '看起来超过 5 分钟的 Slack 请求会被拒绝。',
        mend: '机器人以 Redis 的时钟为准，请让 Redis 所在的机器用 NTP 校时。',
      };
    case 'cloud':
      return {
        what: `账号 ${whose.account}：阿里云的时钟比机器人的${by}。`,
        why: '签名时间相差超过 15 分钟的调用会被拒绝。',
        mend: '机器人以 Redis 的时钟为准，请让 Redis 所在的机器用 NTP 校时。',
      };
  }
}
