/** Simplified Chinese: the doctor's findings. */
import type { ClockOwner, Finding } from '../../domain/doctor/findings.ts';
import type { DoctorWords, FindingText } from '../doctor.ts';
import { doctorScopes } from './doctor-scopes.ts';
import { failures } from './failures.ts';

const MINUTE = 60_000;

export const doctor: DoctorWords = {
  finding,
  scopes: doctorScopes,
  headings: { problem: '问题', warning: '警告', unknown: '未能检查', fine: '正常' },
  why: '影响：',
  mend: '处理办法：',
  summary: ({ problem, warning, unknown, fine }) =>
    `${problem} 个问题，${warning} 个警告，${unknown} 项未能检查，${fine} 项正常`,
  fine: (count) => `${count} 项检查通过。`,
  more: (left) => `……另有 ${left} 项。查看全部：npx vpc-endpoint-bot doctor`,
  looking: '正在检查 Slack、Redis、时钟和阿里云账号，结果稍后给出。',
  notAdmin: '只有本工作区的管理员和所有者可以查看：结果里有账号、频道和缺失的权限。请联系管理员运行。',
  adminUnknown: '暂时无法从 Slack 确认管理员身份，因此没有开始检查。请稍后再试。',
  failed: '检查中断，原因见机器人的日志。请重试，或运行：npx vpc-endpoint-bot doctor',
};

function finding(found: Finding): FindingText {
  switch (found.id) {
    case 'setting-wrong':
      return {
        what: `配置有误，${found.where}：${found.message}。`,
        why: '配置有误时，机器人不会启动。',
        mend: '在所示位置改正，然后重新检查。',
      };
    case 'not-looked-at':
      return {
        what: `${AREAS[found.area]}的检查没有完成（${found.error}）。`,
        why: '可能是对方响应慢或出错，也可能是本机的问题。',
        mend: '请重新检查。',
      };

    case 'slack-ready':
      return { what: `机器人令牌有效：工作区 ${found.team}（${found.teamId}）` };
    case 'slack-unreachable':
      return {
        what: `Slack 没有响应（${found.error}）。`,
        why: '无法申请、审批，也无法发送通知。',
        mend: '检查本机能否访问 https://slack.com/api/（代理、防火墙、DNS）；如果设置了 SLACK_API_URL，也一并检查。',
      };
    case 'bot-token-refused':
      return {
        what: `Slack 不接受机器人令牌（${found.error}）。`,
        why: '没有有效的令牌，机器人不会启动。',
        mend: '打开应用页面的 OAuth & Permissions，必要时重新安装应用，把 Bot Token 填入 SLACK_BOT_TOKEN。',
      };
    case 'workspace-unknown':
      return {
        what: `配置文件里没有工作区 ${found.teamId}，而机器人令牌属于这个工作区。`,
        why: '机器人找不到适用的规则，不会启动。',
        mend: `在 workspaces 下添加 ${found.teamId}，或改用已配置工作区的令牌。`,
      };
    case 'scopes-granted':
      return { what: `${found.count} 个权限范围（scope）均已授予` };
    case 'scope-missing':
      return {
        what: `未授予权限范围 ${found.scope}。`,
        why: `用途：${doctorScopes[found.scope].use}。缺少时：${doctorScopes[found.scope].without}。`,
        mend: '对照 manifest.yml（或“vpc-endpoint-bot manifest”的输出）修改应用清单，然后重新安装应用。',
      };
    case 'scopes-unknown':
      return {
        what: 'Slack 没有返回令牌的权限范围。',
        why: '缺少的权限要到用到时才会暴露。',
        mend: '在应用页面对照 manifest.yml 检查权限范围。',
      };
    case 'socket-ready':
      return { what: '应用级令牌有效，可以建立 Socket 连接' };
    case 'app-token-refused':
      return {
        what: `使用应用级令牌无法建立 Socket 连接（${found.error}）。`,
        why: '在 Socket Mode 下，任何操作都传不到机器人。',
        mend: '在应用页面开启 Socket Mode，在 Basic Information 中生成带有 connections:write 的应用级令牌，填入 SLACK_APP_TOKEN。',
      };
    case 'socket-unknown':
      return {
        what: `未能确认是否可以建立 Socket 连接（${found.error}）。`,
        why: '在 Socket Mode 下，没有连接，任何操作都传不到机器人。',
        mend: '请重新检查。',
      };
    case 'signing-secret-unproven':
      return {
        what: '签名密钥是否正确，只有收到 Slack 的请求才能确认。',
        why: '密钥不对时，所有命令都会报 dispatch_failed。',
        mend: '在 Slack 中输入 /vpc-endpoint help。如果失败，从应用页面的 Basic Information 重新复制密钥，并确认 Slack 能访问清单中的网址。',
      };

    case 'channels-ready':
      return { what: `机器人已加入配置文件中的全部 ${found.count} 个频道` };
    case 'channel-absent':
      return {
        what: `机器人看不到频道 ${found.channel}（${found.places.join('、')}）。`,
        why: lostIn(found.places),
        mend: '检查频道 ID（在频道详情底部）。私有频道需要先邀请机器人：在频道里输入 /invite @vpc-endpoint-bot。',
      };
    case 'channel-archived':
      return {
        what: `频道 ${found.channel} 已归档（${found.places.join('、')}）。`,
        why: lostIn(found.places),
        mend: '取消归档，或在配置文件中换一个频道。',
      };
    case 'channel-not-joined':
      return {
        what: `机器人不在频道 ${found.channel} 中（${found.places.join('、')}）。`,
        why: lostIn(found.places),
        mend: '在该频道里输入 /invite @vpc-endpoint-bot。',
      };
    case 'channel-unknown':
      return {
        what: `未能检查频道 ${found.channel}（${found.error}；${found.places.join('、')}）。`,
        why: '频道可能不存在、已归档，或机器人不在其中。',
        mend: '如果缺少权限范围，请先补上，再重新检查。',
      };

    case 'people-ready':
      return { what: `审批人均可审批：${found.users} 位用户，${found.groups} 个用户组` };
    case 'approver-absent':
      return {
        what: `Slack 中没有用户 ${found.user}（${inRules(found.rules)}）。`,
        why: '没有人能以这个 ID 审批。',
        mend: '检查用户 ID（个人资料 → ⋮ → 复制成员 ID）。',
      };
    case 'approver-unfit':
      return {
        what: `用户 ${found.user} 不能审批：${STANDINGS[found.standing]}（${inRules(found.rules)}）。`,
        why: '只有本工作区的正式成员可以审批，其他人的点击会被拒绝。',
        mend: '在规则中换一位审批人。',
      };
    case 'approver-unknown':
      return {
        what: `未能检查用户 ${found.user}（${found.error}；${inRules(found.rules)}）。`,
        why: '此人可能已离开，或只是访客，不能审批。',
        mend: '如果缺少权限范围，请先补上，再重新检查。',
      };
    case 'group-absent':
      return {
        what: `Slack 中没有用户组 ${found.group}（${inRules(found.rules)}）。`,
        why: '没有人能以该组成员的身份审批。',
        mend: '检查用户组 ID（用户组 → ⋮ → 复制用户组 ID）。',
      };
    case 'group-disabled':
      return {
        what: `用户组 ${found.group} 已停用（${inRules(found.rules)}）。`,
        why: '没有人能以该组成员的身份审批。',
        mend: '重新启用该用户组，或在规则中换一个。',
      };
    case 'group-empty':
      return {
        what: `用户组 ${found.group} 中没有可以审批的人（${inRules(found.rules)}）。`,
        why: '组内没有成员，或成员都是访客、机器人或已停用的账号。',
        mend: '把正式成员加入该组，或在规则中换一个用户组。',
      };
    case 'groups-unknown':
      return {
        what: `未能检查用户组 ${found.groups.join('、')}（${found.error}）。`,
        why: '用户组可能不存在、已停用或没有成员。',
        mend: '如果缺少权限范围，请先补上，再重新检查。',
      };
    case 'rule-unmet':
      return {
        what: `规则“${found.rule}”目前无法满足：需要 ${found.required} 个批准，最多只能得到 ${found.filled} 个。`,
        why: '无论谁点击，相关申请都会一直等到过期。',
        mend: '在规则的步骤中增加正式成员作为审批人，或减少所需的批准数。',
      };

    case 'rule-shadowed':
      return {
        what: `规则“${found.rule}”永远不会生效：排在前面的“${found.by}”已经匹配了它的全部范围。`,
        why: '以第一条匹配的规则为准，因此这些审批人永远不会收到审批。',
        mend: '把范围更小的规则放在前面，或删除这条规则。',
      };
    case 'account-without-rule':
      return {
        what: `没有规则覆盖账号 ${found.account}。`,
        why: '表单中可以选择该账号，但所有申请都会被拒绝。',
        mend: '为该账号添加规则，或从配置文件中删除该账号。',
      };
    case 'policy-ready':
      return { what: `${found.rules} 条规则都能生效，每个账号都有规则` };

    case 'redis-ready':
      return { what: `Redis 响应正常：版本 ${found.version}` };
    case 'redis-unreachable':
      return {
        what: `Redis 不可用（${found.error}）。`,
        why: '申请和审批都保存在 Redis 中，没有它机器人无法接受任何操作。',
        mend: '确认 Redis 正在运行，并检查 REDIS_URL 中的主机、端口、用户名和密码。',
      };
    case 'redis-old':
      return {
        what: `Redis 版本为 ${found.version}，机器人需要 ${found.wanted} 或更高版本。`,
        why: '旧版本缺少队列要用的命令。',
        mend: '升级 Redis。',
      };
    case 'redis-replica':
      return {
        what: '这个 Redis 是副本节点。',
        why: '副本不接受写入，因此无法申请和审批。',
        mend: '把 REDIS_URL 指向主节点，或使用哨兵（redis+sentinel://…）。',
      };
    case 'redis-evicts':
      return {
        what: `内存不足时，Redis 可能丢弃数据（maxmemory-policy 为 ${found.policy}）。`,
        why: '审批或创建记录可能丢失，导致重复创建。',
        mend: '把 maxmemory-policy 设为 noeviction。',
      };
    case 'redis-forgets':
      return {
        what: `Redis 没有把写入保存到磁盘${found.snapshots ? '，只是偶尔生成快照' : ''}（appendonly 为 no）。`,
        why: '重启之后，已经给出的审批会丢失。',
        mend: '把 appendonly 设为 yes，把 appendfsync 设为 always。',
      };
    case 'redis-syncs-late':
      return {
        what: `Redis 没有在每次写入后同步磁盘（appendfsync 为 ${found.appendfsync}）。`,
        why: '机器断电时，最后一刻的数据会丢失，其中可能有审批。',
        mend: '把 appendfsync 设为 always，每次点击的开销不到一毫秒。',
      };
    case 'redis-no-replica':
      return {
        what: '这个 Redis 由哨兵管理，但没有副本连接到它。',
        why: '有哨兵时，没有副本收到的写入不算数，因为主备切换会丢失它：目前无法申请和审批。',
        mend: '启动两个副本，或检查副本为何没有连接。',
      };
    case 'redis-one-replica':
      return {
        what: 'Redis 只有一个副本。',
        why: '没有副本收到的写入不算数：这个副本离线时，或它接替主节点之后，无法申请和审批。',
        mend: '再添加一个副本。',
      };
    case 'redis-setting-unknown':
      return {
        what: `无法读取 Redis 的 ${found.setting} 设置。`,
        why: '托管服务通常禁用 CONFIG 命令。机器人需要 appendonly yes、appendfsync always、maxmemory-policy noeviction。',
        mend: '在托管服务的控制台中查看。',
      };
    case 'data-folder-unusable':
      return {
        what: `内置的 Redis 无法把数据存到 ${found.dir}（${found.error}）。`,
        why: '没有存放数据的位置，机器人不会启动。',
        mend: '让该目录可写，或用 DATA_DIR 指定其他目录，或用 REDIS_URL 指定自己的 Redis。',
      };

    case 'clocks-agree':
      return { what: `对比了 ${found.count} 个时钟，与机器人的时钟相差均在一分钟以内` };
    case 'clock-off':
      return clockOff(found.whose, found.ms);

    case 'account-ready':
      return { what: `账号 ${found.account}：凭证可用，找到 ${found.instances} 个实例` };
    case 'credentials-absent':
      return {
        what: `账号 ${found.account}：没有找到凭证（${found.error}）。`,
        why: '无法在该账号下检查或创建。',
        mend: '设置 ALIBABA_CLOUD_* 环境变量，或在配置文件中更正该账号的 credentials。',
      };
    case 'permission-missing':
      return {
        what: `账号 ${found.account}：RAM 不允许 ${found.action}。`,
        why: '该账号的申请会在需要此权限的步骤停住。',
        mend: `在机器人身份的 RAM 权限策略中加入 ${found.action}；全部操作和资源见 README。`,
      };
    case 'permission-unknown':
      return {
        what: `账号 ${found.account}：以下操作没有尝试：${found.actions.join('、')}。创建和接受连接会产生影响，其余操作需要已有的实例或终端节点服务才能尝试。`,
        why: '缺少权限时，会在第一个申请的预检中暴露。',
        mend: '对照 README 检查 RAM 权限策略。',
      };
    case 'cloud-refuses':
      return {
        what: `账号 ${found.account}：${found.action} 调用失败，${failures.brief(found.reason)}（${found.code}）。`,
        why: '该账号的申请会等待或失败。',
        mend: '检查配置文件中该账号的地域、接入地址和凭证，并确认本机可以访问阿里云。',
      };
  }
}

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

const AREAS = {
  slack: 'Slack ',
  channels: '频道',
  people: '审批人',
  redis: 'Redis ',
  cloud: '阿里云账号',
} as const;

const STANDINGS = {
  guest: '此人是访客',
  bot: '这是机器人账号',
  stranger: '此人来自其他工作区',
  deactivated: '账号已停用',
} as const;

/** @param places where the config file names the channel. */
function lostIn(places: readonly string[]): string {
  return places.every((place) => place === 'channels.audit')
    ? '机器人无法在其中发消息，申请的结果不会记录在这里。'
    : '机器人无法在其中发消息，申请会一直等待而没有审批卡片。';
}

function inRules(rules: readonly string[]): string {
  return `规则 ${rules.join('、')}`;
}
